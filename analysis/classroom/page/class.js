// The page: files are dropped or chosen, read here, and told. Nothing is sent, and nothing is kept.

const KEYS = new Map(Object.entries(DATA.keys).map(([name, key]) => [name, {case: name, version: key.version, title: key.title,
  questions: new Map(key.questions.map(question => [question.id.toLowerCase(), question])),
  groups: new Map(Object.entries(key.groups))}]));

const byId = id => document.getElementById(id);
let entries = [];
let csv = "";

const bytesOf = async file => new Uint8Array(await file.slice(0, ask.MOST_BYTES + 1).arrayBuffer());

const entryOf = async (name, file) => {
  try {
    return {name, data: await bytesOf(file)};
  } catch (problem) {
    return {name, data: new Uint8Array(), problem: "unreadable", detail: problem.message};
  }
};

// Folders with the name of a file, as far as the paths of files show them.
const foldersOf = names => {
  const all = names.flatMap(name => name.split("/").slice(0, -1).map((_, n, parts) => parts.slice(0, n + 1).join("/")));
  return [...new Set(all)].filter(name => name.toLowerCase().endsWith(".csv"))
    .map(name => ({name, data: new Uint8Array(), problem: "folder"}));
};

const chosen = async files => {
  const named = files.map(file => [file.webkitRelativePath ? file.webkitRelativePath.replace(/^[^/]*\//, "") : file.name, file]);
  const read = await Promise.all(named.map(([name, file]) => entryOf(name, file)));
  return [...read, ...foldersOf(named.map(([name]) => name))];
};

// What was dropped: files, and folders with all that is in them, where the browser hands them to a page on a disk. A single
// folder is the class's own.
const walked = async (handle, within) => {
  const name = within + handle.name;
  if (handle.kind === "file") {
    try {
      return [await entryOf(name, await handle.getFile())];
    } catch (problem) {
      return [{name, data: new Uint8Array(), problem: "unreadable", detail: problem.message}];
    }
  }
  const own = name.toLowerCase().endsWith(".csv") ? [{name, data: new Uint8Array(), problem: "folder"}] : [];
  return [...own, ...await inside(handle, `${name}/`)];
};
const inside = async (folder, within) => {
  const made = [];
  for await (const one of folder.values()) made.push(...await walked(one, within));
  return made;
};
const dropped = async (files, asked) => {
  if (!asked.length) return chosen(files);
  const handles = (await Promise.all(asked)).filter(Boolean);
  if (handles.length === 1 && handles[0].kind === "directory") return inside(handles[0], "");
  return (await Promise.all(handles.map(handle => walked(handle, "")))).flat();
};

const tell = () => {
  const name = byId("class-case").value || caseOf(entries, [...KEYS.keys()]);
  const key = KEYS.get(name);
  const found = foundIn(entries, key);
  const rows = scoreOf(found.answers, key);
  csv = csvOf(rows, key);
  byId("class-told").replaceChildren(element("p", {class: "wc-source"}, `${key.title}, questions ${key.version}`),
    ...toldOf(rows, found, key).map(sectionOf));
  byId("class-keep").hidden = !found.answers.length;
  byId("class-status").textContent = fill(WORDS.page.read, {}, {files: found.files.length,
    students: new Set(found.answers.map(a => a.code)).size, faults: found.faults.length});
};

const begin = async reading => {
  byId("class-status").textContent = WORDS.page.reading;
  entries = await reading;
  if (entries.length) tell();
  else byId("class-status").textContent = WORDS.page.nothing;
};

for (const id of ["class-files", "class-folder"]) {
  byId(id).addEventListener("change", event => begin(chosen([...event.target.files])));
}
byId("class-case").addEventListener("change", () => entries.length && tell());
document.addEventListener("dragover", event => event.preventDefault());
document.addEventListener("drop", event => {
  event.preventDefault();
  const items = [...event.dataTransfer.items].filter(item => item.kind === "file");
  const asked = items[0]?.getAsFileSystemHandle ? items.map(item => item.getAsFileSystemHandle()) : [];
  begin(dropped([...event.dataTransfer.files], asked));
});
byId("class-save").addEventListener("click", () => {
  const url = URL.createObjectURL(new Blob([csv], {type: "text/csv"}));
  element("a", {href: url, download: "class.csv"}).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
});
byId("class-print").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach(one => { one.open = true; }));
