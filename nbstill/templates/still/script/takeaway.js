// Charts, tables and citations to take away, made from what the page shows.

const title = document.title;
const told = make("p", {className: "still-hidden"});
const XLINK = "http://www.w3.org/1999/xlink";

const save = (blob, ending, number) => {
  const name = slug(title).replace(/[^\p{L}\p{N}-]/gu, "").slice(0, 60);
  const link = make("a", {href: URL.createObjectURL(blob), download: `${name}-${number}.${ending}`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
};

// An SVG with its words as its title, and as drawing programs know it. The text is the build's own, from its allow-list; a
// parser would lay the page's policy on it.
const svgOf = image => {
  const at = image.src.indexOf(",");
  if (!image.src.startsWith("data:image/svg+xml,")) return null;
  const text = decodeURIComponent(image.src.slice(at + 1));
  const words = image.alt.replace(/[&<]/g, letter => letter === "&" ? "&amp;" : "&lt;");
  return text
    .replace(/^<svg/, `<svg xmlns:xlink='${XLINK}'`)
    .replace(/^<svg[^>]*>/, head => text.includes("<title>") ? head : `${head}<title>${words}</title>`)
    .replaceAll("<use href=", "<use xlink:href=");
};

const png = image => new Promise(done => {
  const canvas = make("canvas", {width: image.naturalWidth * 2, height: image.naturalHeight * 2});
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob(done);
});

const csv = table => [...table.rows].map(row => [...row.cells].flatMap(cell => {
  let text = cell.textContent.trim().replace(/\s+/g, " ");
  if (/^[=+\-@]/.test(text) && isNaN(text)) text = "'" + text;  // a spreadsheet must not run it
  return [/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text, ...Array(cell.colSpan - 1).fill("")];
}).join(",")).join("\n") + "\n";

const cite = (words, box) => {
  const view = box?.querySelector("[role=status]")?.textContent;
  const parts = [words.replace(/\s+/g, " ").trim().replace(/\.$/, ""), view && view.replace(/\.$/, ""), title];
  return parts.filter(Boolean).join(". ") + ".";
};

const copy = async text => {
  try {
    await navigator.clipboard.writeText(text);
    told.textContent = "Citation copied.";
  } catch {
    prompt("Copy the citation:", text);
  }
};

const button = (text, name, onclick) => {
  const made = make("button", {type: "button", textContent: text, onclick});
  made.setAttribute("aria-label", name);
  return made;
};

const takeChart = (figure, n) => {
  const image = figure.querySelector("img");
  const caption = figure.querySelector("figcaption")?.textContent.replace(/; and \d+ more(?=\S)/, "; ");
  const box = figure.closest(".still-control");
  const bar = make("p", {className: "still-take"});
  const svg = svgOf(image);
  if (svg) {
    bar.append(button("SVG", "Save this chart as SVG", () => save(new Blob([svg], {type: "image/svg+xml"}), "svg", n + 1)));
  }
  bar.append(
    button("PNG", "Save this chart as PNG", async () => save(await png(image), "png", n + 1)),
    button("Cite", "Copy a citation of this chart", () => copy(cite(caption || image.alt, box))),
  );
  figure.append(bar);
};

const takeTable = (table, n) => {
  const words = table.caption?.textContent || "Table";
  const box = table.closest(".still-control");
  table.parentElement.after(make("p", {className: "still-take"},
    button("Save this table as CSV", "Save this table as CSV", () => save(new Blob(["\ufeff" + csv(table)], {type: "text/csv"}), "csv", n + 1)),
    button("Copy a citation", "Copy a citation of this table", () => copy(cite(words, box)))));
};

const takeaways = root => {
  all("figure", root).filter(figure => figure.querySelector("img")).forEach((figure, n) => attempt("A button", () => takeChart(figure, n)));
  all(".still-wide > table", root).forEach((table, n) => attempt("A button", () => takeTable(table, n)));
};
