// The desk: the code, what will be handed in, and buttons to save, print and open it. A question stands here by its
// place and its first words; its id is in the file.

const SHOWN = [["question", "Question"], ["answer", "Answer"], ["confidence", "Sure"], ["reason", "Why"],
  ["pieces", "Pieces"], ["evidence", "Evidence"]];

// A row as the desk shows it: the question's place and first words, and an order as a list. store.py does the same.
const shownRow = (n, row, names) => ({...row,
  question: `${n}. ${Object.hasOwn(names, row.question_id) ? names[row.question_id] : row.question_id}`,
  answer: row.answer.includes("|") ? row.answer.split("|").map((part, k) => `${k + 1}. ${part}`).join("\n") : row.answer || "left blank",
  pieces: row.pieces === "shown" ? "" : row.pieces});

// What an opened file would bring, in words: {rows, said}, or {said} alone where it cannot be used.
const opened = (found, store) => {
  const because = found.faults.slice(0, 3).map(([row, fault]) => row ? `row ${row}: ${fault}` : fault).join("; ");
  const stays = "Nothing here has changed.";
  if (!found.rows.length) return {said: `Nothing in this file can be read: ${because}. ${stays}`};
  const codes = [...new Set(found.rows.map(row => row.code))];
  const code = codeOf(codes[0]);
  const foreign = found.rows.find(row => row.case && row.case !== store.name);
  if (codes.length > 1) return {said: `This file holds the answers of more than one code. ${stays}`};
  if (foreign && found.rows.every(row => row.case === foreign.case)) {
    return {said: `This file belongs to other lessons (${short(foreign.case, 40)}): open it on their page. ${stays}`};
  }
  if (code && store.code && code !== store.code) {
    return {said: `This is the file of ${code}, and the code here is ${store.code}. If it is yours, mend the code first. ${stays}`};
  }
  const aged = found.rows.some(row => row.case === store.name && row.version && row.version !== store.version);
  return {code, rows: found.rows, said: [
    because && `Not all of it could be read: ${because}.`,
    aged && "It was saved with another version of the questions: see whether your answers still fit.",
  ].filter(Boolean).join(" ")};
};

const SAY_WHEN = "Say when you take the test, press Begin, and go on where you stopped.";

class Desk {
  constructor(element) {
    Object.assign(this, {element, store: storeOf(element), names: JSON.parse(element.dataset.names || "{}")});
    element.id ||= unique("desk");
    this.store.desks += 1;
    const nth = all("wc-desk").indexOf(element) + 1;
    this.store.place ??= element.id;
    this.code = codeField(this.store);
    this.counted = h("p", {className: "wc-counted", role: "status"});
    this.told = h("p", {className: "wc-told", role: "status"});
    this.table = h("div", {className: "wc-handin"});
    this.file = h("input", {type: "file", accept: ".csv,.txt,text/csv", hidden: true, onchange: () => this.open(this.file.files[0])});
    element.replaceChildren(h("section", {"aria-label": nth > 1 ? `Your answers, place ${nth}` : "Your answers"},
      h("p", {className: "wc-head"}, "Your answers"), this.code.node, this.counted, this.table,
      h("p", {className: "wc-buttons"}, button("Save", once(() => this.save()), {className: "wc-go"}), button("Print", once(() => this.print())),
        button("Open a saved file", () => this.file.click()), this.file),
      this.told,
      h("p", {className: "wc-hint"}, "Nothing is sent, and nothing is kept in this browser: save before you leave. " +
        "The file holds your code and what stands here, and no name.")));
    this.store.watch({told: () => this.draw()});
    this.draw();
  }

  draw() {
    const {store} = this;
    const said = `${store.said}.`;
    if (this.counted.textContent !== said) this.counted.textContent = said;
    this.code.node.hidden = store.waiting;
    if (!store.rows.length) return this.table.replaceChildren();
    const askedOf = row => store.shown.get(keyOf(row));
    const cell = (row, n, [column, name]) => {
      const [asked, shown] = [askedOf(row), shownRow(n + 1, row, this.names)];
      if (column !== "question") return h("td", {role: "cell", dir: "auto", "data-label": name}, shown[column]);
      const said = asked ? h("a", {href: `#${asked.place}`, onclick: event => { event.preventDefault(); asked.go(); }}, shown.question) : shown.question;
      return h("th", {role: "rowheader", dir: "auto", "data-label": name, scope: "row"}, said);
    };
    const rows = [...store.rows.filter(askedOf), ...store.rows.filter(row => !askedOf(row))];  // this page first
    const head = SHOWN.map(([, name]) => h("th", {scope: "col", role: "columnheader"}, name));
    const name = store.code ? fileName(store.code) : "your file";
    return this.table.replaceChildren(h("table", {role: "table"}, h("caption", {}, `What you will hand in, in ${name}`),
      h("thead", {role: "rowgroup"}, h("tr", {role: "row"}, ...head)),
      h("tbody", {role: "rowgroup"}, ...rows.map((row, n) => h("tr", {role: "row"}, ...SHOWN.map(one => cell(row, n, one)))))));
  }

  say(words) {
    this.told.textContent = words;
  }

  save() {
    if ((this.store.field ?? this.code).wanting()) return;
    const name = fileName(this.store.code);
    const link = h("a", {href: URL.createObjectURL(new Blob([this.store.text], {type: "text/csv"})), download: name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
    this.store.saved();
    this.say(`${name} went to your browser’s downloads. Look that it is there, then hand it in.`);
  }

  // On paper from here stands what will be handed in, and nothing else of the page.
  print() {
    if ((this.store.field ?? this.code).wanting()) return;
    const off = [];
    for (let part = this.element; part !== document.body; part = part.parentElement) {
      off.push(...[...part.parentElement.children].filter(other => other !== part));
    }
    off.forEach(part => part.classList.add("wc-off"));
    addEventListener("afterprint", () => off.forEach(part => part.classList.remove("wc-off")), {once: true});
    window.print();
  }

  async open(file) {
    if (!file) return;
    const big = file.size > MOST_BYTES;
    const data = big ? new Uint8Array(MOST_BYTES + 1).fill(32, 0).fill(65, 0, 1) : new Uint8Array(await file.arrayBuffer());
    this.file.value = "";
    const found = opened(readAnswers(data, file.name), this.store);
    if (!found.rows) return this.say(found.said);
    if (found.code) [this.store.code, this.store.owner] = [found.code, found.code];
    const stayed = this.store.take(found.rows);
    const kept = stayed && `${many(stayed, "answer")} that you gave here since ${stayed === 1 ? "was" : "were"} kept.`;
    this.say(["Opened.", kept, found.said, this.store.waiting ? SAY_WHEN : "Go on where you stopped."].filter(Boolean).join(" "));
  }
}
