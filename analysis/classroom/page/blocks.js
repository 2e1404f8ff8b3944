// What a teacher of 25 sees on one screen: blocks.py in the page's language. A block: {id, title, said, bars, tables}.

const block = (id, said, bars = null, tables = [], title = TOLD[id]) => ({id, title, said, bars, tables});
const columns = (...names) => Object.fromEntries(names.map(name => [name, COLUMNS[name]]));
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
const ofText = one => ("right" in one ? fill(SAID.of, one) : "");
const span = one => {
  const ends = one.low ? ` (${number(one.measure, one.low)} to ${number(one.measure, one.high)})` : "";
  return number(one.measure, one.value) + ends;
};
const range = one => `${percent(one.low)} to ${percent(one.high)}`;

const whoBlock = (rows, found) => {
  const n = Object.fromEntries([ALL, ...OCCASIONS].map(occasion => [occasion, those(rows, "students", {occasion})[0].n]));
  const [blank] = those(rows, "left blank", {occasion: ALL});
  const nothing = found.files.filter(file => file.taken.startsWith(WORDS.taken.none)).length;
  return block("who", [fill(TOLD.counts, {}, {...n, blank: blank.blank, asked: blank.n}),
    fill(TOLD.files, {}, {files: found.files.length, nothing})]);
};

// More suspicion, or more trust, is said first: the one rises, and the other falls; no surer than both intervals.
const suspicion = (sound, weak, both) => {
  const of = one => (one.low ? fill(TOLD.span, one) : signed(one.value));
  for (const [name, up, down] of [["suspicion", weak, sound], ["trust", sound, weak]]) {
    if (up.value && Number(up.value) > 0 && Number(down.value) < 0) {
      const sure = up.verdict === "rose" && down.verdict === "fell";
      const first = TOLD[`${name} ${sure ? "sure" : "perhaps"}${both.verdict === "rose" ? " rose" : ""}`];
      return [format(TOLD[name], {first, sound: of(sound), weak: of(weak)}), ...(sure ? [] : [TOLD["not sure"]])];
    }
  }
  return [];
};

const changeBlock = (rows, key) => {
  const [sentences, bars] = [[], []];
  for (const pair of PAIRS) {
    const occasion = pair.join(" to ");
    const [[both], [sound], [weak]] = [BOTH, SOUND, WEAK].map(m => those(rows, `change in ${m}`, {occasion}));
    if (!both) continue;
    sentences.push(fill(TOLD.pair, both, {pair: TOLD[occasion]}));
    if (both.n >= NUMBERS.pupils) {
      sentences.push(...suspicion(sound, weak, both));
      bars.push(...[[SOUND, sound], [WEAK, weak], [BOTH, both]].map(([m, one]) => bar(`${TOLD[occasion]}: ${NAMES[m]}`, one)));
    }
    sentences.push(saidRow(both, key));
    if (both.n && !both.apart) sentences.push(TOLD.apart);
    if (both.uneven) sentences.push(TOLD.uneven);
  }
  if (!those(rows, `change in ${BOTH}`).some(one => one.n)) return block("change", [TOLD["no change"]]);
  const picture = bars.length ? {caption: TOLD["change bars"], rows: bars, start: "-1", end: "1", line: "0"} : null;
  return block("change", [...sentences, TOLD.lesson], picture);
};

const meansBlock = rows => {
  const [bars, cells] = [[], []];
  for (const occasion of OCCASIONS) {
    for (const measure of [SOUND, WEAK, BOTH]) {
      for (const one of those(rows, measure, {occasion, item: ""})) bars.push(bar(`${NAMES[occasion]}: ${NAMES[measure]}`, one));
    }
    for (const form of TESTS) {
      const [[sound], [weak], [both]] = [SOUND, WEAK, BOTH].map(m => those(rows, m, {occasion, item: form}));
      if (sound) cells.push({when: NAMES[occasion], form, n: String(sound.n), sound: span(sound), weak: span(weak), both: span(both)});
    }
  }
  if (!bars.length) return block("means", [fill(TOLD["no means"])]);
  const said = OCCASIONS.flatMap(occasion => those(rows, BOTH, {occasion, item: ""}))
    .map(one => `${capital(NAMES[one.occasion])}: ${fill(SAID[one.verdict], one)}`);
  const picture = {caption: fill(TOLD["means bars"]), rows: bars, start: "0", end: "1", line: String(NUMBERS.chance)};
  const table = {caption: TOLD["means table"], columns: columns("when", "form", "n", "sound", "weak", "both"), rows: cells};
  return block("means", [fill(TOLD["means said"]), ...said], picture, [table]);
};

const leaningBlock = rows => {
  const said = OCCASIONS.flatMap(occasion => those(rows, YES, {occasion}))
    .map(one => `${capital(NAMES[one.occasion])}: ${one.low ? fill(SAID[one.verdict], one) : SAID["no-spread"]}`);
  return block("leaning", [...said, fill(TOLD["few leaning"])]);
};

const isFew = one => one.n < NUMBERS.answers;
const harder = (a, b) => isFew(a) - isFew(b) || Number(a.value) - Number(b.value) || b.n - a.n || before(a.item, b.item);

const itemCells = (one, rows, key) => {
  const question = key.questions.get(one.item.toLowerCase());
  const seen = those(rows, "piece not ticked", {item: one.item}).filter(piece => !isFew(piece));
  const worst = seen.reduce((most, piece) => (most && Number(most.value) >= Number(piece.value) ? most : piece), null);
  const piece = worst ? `${question.pieces[worst.piece].trim()} (${ofText(worst)})` : "";
  return {item: one.item, use: question.use, kind: NAMES[question.kindOfNumber], right: ofText(one),
    interval: isFew(one) ? fill(SAID["few-answers"], one) : range(one), piece};
};

const itemsBlock = (rows, key) => {
  const found = those(rows, "right", {occasion: ALL}).sort(harder);
  const known = found.filter(one => !isFew(one));
  if (!found.length) return block("items", [TOLD["items none"]]);
  let sentence = fill(TOLD["items few"]);
  if (known.length) {
    const [hard, easy] = [known[0], known.at(-1)];
    const apart = Number(hard.high) < Number(easy.low);
    sentence = apart ? fill(TOLD["items differ"], {}, {hard: hard.item, easy: easy.item}) : TOLD["items meet"];
  }
  const shown = known.slice(0, NUMBERS.most_items).map(one => bar(one.item, one, {extra: ofText(one)}));
  const picture = shown.length ? {caption: TOLD["items bars"], rows: shown, start: "0", end: "1", line: ""} : null;
  const table = {caption: TOLD["items table"], columns: columns("item", "use", "kind", "right", "interval", "piece"),
    rows: found.map(one => itemCells(one, rows, key))};
  return block("items", [sentence], picture, [table]);
};

const confidenceBlock = (rows, key) => {
  const said = OCCASIONS.flatMap(occasion => [["over-confidence", "over"], ["Brier", "brier"]].flatMap(([measure, template]) =>
    those(rows, measure, {occasion}).map(one => `${capital(NAMES[occasion])}. ${format(TOLD[template], {said: saidRow(one, key)})}`)));
  if (!said.length) return block("confidence", [TOLD["confidence none"]]);
  const bars = those(rows, "right at", {occasion: ALL}).filter(one => one.value).map(one => {
    const mark = (Number(one.item) / 100).toFixed(4);
    return bar(percent(mark), one, {mark, extra: `n = ${one.n}`});
  });
  const picture = bars.length ? {caption: TOLD["confidence bars"], rows: bars, start: "0", end: "1", line: ""} : null;
  return block("confidence", [...said, ...(bars.length ? [] : [fill(SAID["few-answers"])])], picture);
};

const gradesBlock = rows => {
  const [[found], [left]] = [those(rows, "on the diagonal"), those(rows, "F or 6")];
  if (!found) return block("grades", [TOLD["grades none"]]);
  const there = NUMBERS.diagonal_elsewhere;
  const more = {who: there.who, year: there.year, there: percent(there.value), left: left.right,
    span: isFew(found) ? "" : fill(TOLD.span, found)};
  return block("grades", [fill(TOLD[isFew(found) ? "grades few" : "grades said"], found, more)]);
};

const piecesBlock = (rows, key) => {
  const every = those(rows, "piece not ticked");
  const found = every.filter(one => !isFew(one) && one.right);
  if (!found.length) return block("pieces", [every.length ? fill(SAID["few-answers"]) : TOLD["pieces none"]]);
  const most = found.sort((a, b) => Number(b.value) - Number(a.value) || b.n - a.n || before(a.item, b.item) || a.piece - b.piece);
  const rowOf = one => ({text: key.questions.get(one.item.toLowerCase()).pieces[one.piece].trim(), item: one.item,
    missed: ofText(one), interval: range(one)});
  return block("pieces", [], null, [{caption: TOLD["pieces table"], columns: columns("text", "item", "missed", "interval"),
    rows: most.slice(0, NUMBERS.most_items).map(rowOf)}]);
};

const whoseBlock = (rows, key) => {
  const kinds = ["yes on sound", "yes on weak"];
  const shown = [...key.groups.keys()].map(group => [group, kinds.flatMap(kind => those(rows, kind, {occasion: ALL, group}))])
    .filter(([, two]) => two.length === kinds.length);
  const first = fill(TOLD["whose said"]);
  if (!shown.length) return block("whose", [first, fill(TOLD["whose few"])]);
  const known = shown.filter(([, [sound, weak]]) => sound.low && weak.low);
  const gaps = known.flatMap(([a, high]) => known.filter(([, low]) => high.every((one, n) => Number(one.low) > Number(low[n].high)))
    .map(([b]) => format(TOLD["whose gap"], {high: key.groups.get(a), low: key.groups.get(b)})));
  const told = known.length ? (gaps.length ? gaps : [TOLD["whose no gap"]]) : [];
  const bars = shown.flatMap(([group, two]) => two.filter(one => one.value)
    .map(one => bar(`${key.groups.get(group)}: ${NAMES[one.measure]}`, one)));
  const tooFew = bars.length < kinds.length * shown.length ? [fill(SAID["few-in-group"])] : [];
  const picture = bars.length ? {caption: TOLD["whose bars"], rows: bars, start: "0", end: "1", line: ""} : null;
  return block("whose", [first, ...told, ...tooFew], picture);
};

const filesBlock = found => {
  const faults = {caption: TOLD["faults table"], columns: columns("file", "row", "fault", "remedy"), rows: found.faults};
  const files = {caption: TOLD["taken table"], columns: columns("file", "code", "taken"), rows: found.files};
  const some = found.faults.length > 0;
  return block("files", some ? [] : [TOLD["faults none"]], null, some ? [faults, files] : [files], TOLD.faults);
};

const toldOf = (rows, found, key) => {
  if (!found.answers.length) return [block("who", [TOLD.nobody]), filesBlock(found)];
  return [whoBlock(rows, found), changeBlock(rows, key), meansBlock(rows), leaningBlock(rows), itemsBlock(rows, key),
    confidenceBlock(rows, key), gradesBlock(rows), piecesBlock(rows, key), whoseBlock(rows, key), filesBlock(found)];
};
