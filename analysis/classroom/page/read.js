// The files of a class: read.py in the page's language. An entry: {name, data: Uint8Array, problem, detail}.

const FAULTS = Object.keys(WORDS.faults);
const MOST_ROWS = 5;

const format = (template, values) => template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const counted = things => things.reduce((votes, one) => votes.set(one, (votes.get(one) ?? 0) + 1), new Map());
const before = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const HIDDEN = /[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g;
const inOrder = entries => entries.map(entry => ({...entry, name: entry.name.replace(HIDDEN, "\ufffd")}))
  .sort((a, b) => before(a.name, b.name));
const ofTheComputer = name => {
  const parts = name.toLowerCase().split("/");
  const hidden = parts.some(part => part.startsWith(".") || part.startsWith("__macosx"));
  return hidden || ["thumbs.db", "desktop.ini"].includes(parts.at(-1)) || parts.at(-1).startsWith("~$");
};

// The case that most files name, of these; the first of them where none is named.
const caseOf = (entries, cases) => {
  const votes = new Map(cases.map(name => [name, 0]));
  for (const entry of entries.filter(one => !one.problem && !ofTheComputer(one.name))) {
    const named = new Set(ask.readAnswers(entry.data, "").rows.map(row => row.case.toLowerCase()));
    for (const [name, n] of votes) votes.set(name, n + named.has(name.toLowerCase()));
  }
  return cases.reduce((best, name) => (votes.get(name) > votes.get(best) ? name : best));
};

const classOf = file => (file.answers.length && ask.codeOf(file.answers[0].code) ? file.answers[0].code.split("-")[0] : "");

// Call students without a code by a number: a file's name may be a student's, and class.csv has no names.
const withoutCode = files => files.filter(file => file.answers.some(answer => !answer.code)).forEach((file, n) => {
  for (const answer of file.answers) answer.code ||= `no code ${n + 1}`;
});

const classes = files => {
  const own = new Map(files.map(file => [file.name, classOf(file)]).filter(([, name]) => name));
  const votes = counted([...own.values()]);
  const most = [...votes.keys()].sort((a, b) => votes.get(b) - votes.get(a) || before(a, b))[0];
  for (const file of files) {
    if ((own.get(file.name) ?? most) !== most) say(file, "other-class", 0, own.get(file.name), most);
  }
};

// Say of a student's test answers that they stand under another code too: who mended the code midway counts twice.
const twoCodes = files => {
  const own = new Map();
  for (const file of files) {
    for (const a of file.answers.filter(a => a.answer && TESTS.includes(a.form) && ask.codeOf(a.code))) {
      const place = JSON.stringify([file.name, a.code]);
      if (!own.has(place)) own.set(place, {file, code: a.code, answers: new Set()});
      own.get(place).answers.add(JSON.stringify([a.occasion, a.question_id, a.answer, a.confidence, a.reason]));
    }
  }
  const told = new Set();
  for (const one of own.values()) {
    if (one.answers.size < NUMBERS.same_answers) continue;
    const other = [...own.values()].find(other => other.code !== one.code && !told.has(JSON.stringify([other.file.name, other.code, one.file.name, one.code]))
      && [...one.answers].every(answer => other.answers.has(answer)));
    if (!other) continue;
    say(one.file, "two-codes", 0, one.code, other.file.name, other.code);
    told.add(JSON.stringify([one.file.name, one.code, other.file.name, other.code]));
  }
};

const several = parts => {
  const first = parts.slice(0, MOST_ROWS).join(", ");
  return parts.length <= MOST_ROWS ? first : format(WORDS.more, [first, parts.length - MOST_ROWS]);
};

// Whether the first of two files weighs more for a student: more answers, then the longer name, then the later one.
const outweighs = (one, other, many) => {
  const weight = a => [many.get(JSON.stringify([a.file, a.code])) ?? 0, [...a.file].length];
  const [[a, b], [c, d]] = [weight(one), weight(other)];
  return a !== c ? a > c : b !== d ? b > d : one.file > other.file;
};

const better = (one, other, many, others) => {
  if (one.file === other.file) return one.answer ? one : other;
  const [winner, loser] = outweighs(one, other, many) ? [one, other] : [other, one];
  const pair = JSON.stringify([loser.file, loser.code, winner.file]);
  if (!others.has(pair)) others.set(pair, new Set());
  if (winner.answer && loser.answer && winner.answer !== loser.answer) others.get(pair).add(winner.question_id);
  return winner.answer ? winner : loser;
};

// Each student's answer to a question at an occasion once.
const once = files => {
  const many = counted(files.flatMap(file => file.answers.filter(a => a.answer).map(a => JSON.stringify([file.name, a.code]))));
  const [kept, others] = [new Map(), new Map()];
  for (const file of files) {
    for (const answer of file.answers) {
      const one = {...answer, file: file.name};
      const place = JSON.stringify([one.code, one.occasion, one.question_id]);
      kept.set(place, kept.has(place) ? better(one, kept.get(place), many, others) : one);
    }
  }
  const byName = new Map(files.map(file => [file.name, file]));
  for (const [pair, differ] of others) {
    const [loser, student, winner] = JSON.parse(pair);
    say(byName.get(loser), differ.size ? "same-code" : "same-code-alike", 0, student, winner, several([...differ].sort()));
  }
  return [...kept.values()].sort((a, b) => before(a.code, b.code) || before(a.occasion, b.occasion)
    || before(a.question_id, b.question_id));
};

const faultsOf = files => files.flatMap(file => gathered(file)
  .sort((a, b) => FAULTS.indexOf(a[0]) - FAULTS.indexOf(b[0]) || (a[1][0] ?? 0) - (b[1][0] ?? 0))
  .map(([key, rows, given]) => {
    const named = key === "resaved" ? [given.map(sign => WORDS.resaved[sign]).join(", ")] : given;
    const [fault, remedy] = WORDS.faults[key].map(text => format(text, named));
    return {file: file.name, row: several(rows.map(String)), fault, remedy};
  }));

const saidOf = (file, answers) => {
  const kept = answers.filter(answer => answer.file === file.name).length;
  const codes = [...new Set(file.answers.map(answer => answer.code))].join(", ");
  const again = file.answers.length || file.remarks.some(([key]) => key === "same-bytes");
  const said = ofTheComputer(file.name) ? WORDS.taken.left : again ? WORDS.taken.again : WORDS.taken.none;
  return {file: file.name, code: codes || ask.codeOfName(file.name), taken: kept ? format(WORDS.taken.rows, [kept, file.rows]) : said};
};

// What the files hold for a case: {answers, faults, files}.
const foundIn = (given, key) => {
  const entries = inOrder(given);
  const first = new Map(); // of files with the same bytes, the one that is read: that with the shortest name
  const bytes = new Map(entries.map(entry => [entry, entry.problem ? "" : new TextDecoder("latin1").decode(entry.data)]));
  for (const entry of [...entries].sort((a, b) => [...a.name].length - [...b.name].length)) {
    if (bytes.get(entry) && !ofTheComputer(entry.name) && !first.has(bytes.get(entry))) first.set(bytes.get(entry), entry.name);
  }
  const files = entries.map(entry => {
    const left = entry.problem || ofTheComputer(entry.name);
    const same = left ? "" : first.get(bytes.get(entry)) ?? "";
    const again = same && same !== entry.name;
    const file = left || again ? newFile(entry.name) : taken(entry.name, entry.data, key);
    if (entry.problem) say(file, entry.problem, 0, entry.detail ?? "");
    else if (again) say(file, "same-bytes", 0, same);
    return file;
  });
  withoutCode(files);
  classes(files);
  twoCodes(files);
  const answers = once(files);
  return {answers, faults: faultsOf(files), files: files.map(file => saidOf(file, answers))};
};
