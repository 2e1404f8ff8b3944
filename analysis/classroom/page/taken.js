// One file's rows as answers: taken.py in the page's language. `ask` is the reader of one student's file.

const TESTS = ["pre", "post", "later"];
const OCCASIONS = ["before", "after", "later"];
const UNSEEN = /[\u0080-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffd]/g;
const FORMULA = /^[=+\-@][^(|!]*[(|!]/;
const MARKUP = /<[a-zA-Z!/][^>]*>/;
const MOST_SHOWN = 60;
const MOST_NAMED = 9;
const CUT = ask.WORDS.cut[0];
const MORE = "more of the same kind";

const plain = text => text.normalize("NFC").replace(UNSEEN, "").split(/\s+/).filter(Boolean).join(" ");
// The option that a cell is, capitals, blanks and the letters that an old alphabet spoils set aside; "" for none.
const bare = text => text.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
const alike = (text, options) => {
  const exact = new Map(options.map(option => [plain(option).toLowerCase(), option]));
  const loose = new Map(options.map(option => [bare(option), option]));
  const sure = loose.size === options.length && !loose.has("");
  return exact.get(plain(text).toLowerCase()) || (sure ? loose.get(bare(text)) : "") || "";
};
const shown = text => {
  const letters = [...plain(text)];
  return letters.length <= MOST_SHOWN ? letters.join("") : `${letters.slice(0, MOST_SHOWN - 1).join("")}…`;
};

const newFile = name => ({name, answers: [], remarks: [], rows: 0});
const say = (file, key, row = 0, ...named) => {
  file.remarks.push([key, row, ...named.map(String)]);
};

// Questions

const numberOf = text => (ask.digitsOf(text) ? parseFloat(ask.digitsOf(text)) : null);

const isRight = (question, answer) => {
  const given = answer.trim();
  if (!given || question.kind === "two-grades") return null;
  if (question.kind !== "number") return given === question.answer;
  const read = numberOf(given);
  return read !== null && Math.abs(read - parseFloat(question.answer)) <= question.tolerance + 1e-9;
};

// An answer in its one form, "" where it is left blank; null where it is none that the question offers.
const answered = (cell, question) => {
  const text = plain(cell);
  if (!text) return "";
  if (question.kind === "number") return numberOf(text) === null ? null : text;
  if (question.kind === "two-grades") {
    const grades = text.toUpperCase().replaceAll(" ", "");
    return grades.length === 2 && question.grades.every((offered, n) => offered.includes(grades[n])) ? grades : null;
  }
  if (question.kind !== "order") return alike(text, question.options) || null;
  const parts = text.split("|").map(part => alike(part, question.options));
  return JSON.stringify([...parts].sort()) === JSON.stringify([...question.options].sort()) ? parts.join("|") : null;
};

// Rows

const piecesOf = (file, number, text, question) => {
  const whole = plain(text).toLowerCase();
  if (["", "none", "shown"].includes(whole)) return whole === "none" ? ["none"] : [];
  const known = question.pieces.map(plain);
  const ticked = new Map(text.split(";").filter(plain).map(part => [part, alike(part, known)]));
  for (const [part, piece] of ticked) {
    if (!piece) say(file, "pieces", number, shown(part), question.id);
  }
  const made = known.filter(piece => [...ticked.values()].includes(piece));
  return made.length ? made : ["none"];
};

const take = (file, number, row, cut, key) => {
  const cells = Object.values(row);
  if (cells.some(cell => FORMULA.test(cell))) say(file, "formula", number);
  if (cells.some(cell => MARKUP.test(cell))) say(file, "markup", number);
  if (row.case && plain(row.case).toLowerCase() !== key.case.toLowerCase()) return say(file, "other-case", number, shown(row.case));
  const question = key.questions.get(plain(row.question_id).toLowerCase());
  if (!question) return say(file, "unknown-question", number, shown(row.question_id));
  const answer = answered(row.answer, question);
  if (answer === null) return say(file, "not-an-option", number, shown(row.answer), question.id);
  if (cut && !answer) return undefined; // what was lost is no blank
  const other = !["", key.version].includes(plain(row.version));
  if (other) say(file, "version", 0, shown(row.version));
  // of another version's pieces, those that are no longer named are left out without a word for each
  const pieces = piecesOf(other ? newFile("") : file, number, row.pieces, question);
  file.answers.push({...row, form: question.form, question, question_id: question.id, answer, row: number, pieces,
    right: isRight(question, answer)});
  return undefined;
};

const occasionOf = (file, answer) => {
  if (!TESTS.includes(answer.form)) return answer.occasion.startsWith("lesson-") ? answer.occasion : "";
  if (OCCASIONS.includes(answer.occasion)) return answer.occasion;
  const seat = ask.codeOf(answer.code).split("-")[1];
  if (!seat) {
    say(file, "no-occasion", answer.row);
    return "";
  }
  const turned = OCCASIONS[(TESTS.indexOf(answer.form) + 999 - Number(seat)) % TESTS.length];
  say(file, "turned", answer.row, turned);
  return turned;
};

const coded = file => {
  for (const answer of file.answers) {
    const known = ask.codeOf(answer.code);
    if (!known) say(file, "no-code", answer.row);
    answer.code = known;
    answer.occasion = occasionOf(file, answer);
  }
  const own = [...new Set(file.answers.map(answer => answer.code))];
  if (own.length === 1 && ask.codeOf(own[0]) && !ask.codeOfName(file.name)) say(file, "renamed", 0, own[0]);
};

const resaved = data => {
  const nothing = () => null;
  const text = ask.decoded(data, nothing) ?? "";
  const [separator, rows] = ask.recordsOf(text, nothing);
  const heads = ask.header(rows).map(cell => ask.bare(cell).toLowerCase());
  const places = heads.map(head => ask.COLUMNS.indexOf(head)).filter(at => at >= 0);
  const isSo = {
    mark: data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf,
    wide: (data[0] === 0xff && data[1] === 0xfe) || (data[0] === 0xfe && data[1] === 0xff) || data[0] === 0 || data[1] === 0,
    semicolons: separator === ";",
    tabs: separator === "\t",
    doubled: ask.wrapped(text),
    moved: places.some((at, n) => n && at < places[n - 1]),
    added: places.length < heads.length,
  };
  return Object.keys(isSo).filter(name => isSo[name]);
};

const taken = (name, data, key) => {
  const [read, file] = [ask.readAnswers(data, name), newFile(name)];
  const cut = new Set(read.faults.filter(([, fault]) => fault === CUT).map(([row]) => row));
  for (const [row, fault, remedy] of read.faults) say(file, "file", row, plain(fault), remedy);
  file.rows = read.rows.length;
  read.rows.forEach((row, n) => take(file, read.numbers[n], row, cut.has(read.numbers[n]), key));
  const signs = read.rows.length ? resaved(data) : [];
  if (signs.length) say(file, "resaved", 0, ...signs);
  coded(file);
  return file;
};

// A file's remarks as [key, rows, named], one for each kind and what it names; after MOST_NAMED "…" takes the rest.
const gathered = file => {
  const kinds = new Map();
  for (const [key, row, ...named] of file.remarks) {
    const ofAFile = key === "file"; // names its fault and its remedy
    const group = JSON.stringify([key, ofAFile ? named.at(-1) : ""]);
    if (!kinds.has(group)) kinds.set(group, new Map());
    const found = kinds.get(group);
    let kind = JSON.stringify(named);
    if (!found.has(kind) && found.size >= MOST_NAMED) kind = JSON.stringify(named.map((text, n) => (ofAFile ? (n ? text : MORE) : "…")));
    found.set(kind, [...(found.get(kind) ?? []), row]);
  }
  return [...kinds].flatMap(([group, found]) => [...found].map(([named, rows]) =>
    [JSON.parse(group)[0], [...new Set(rows.filter(Boolean))], JSON.parse(named)]));
};
