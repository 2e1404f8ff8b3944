// A row in words: told.py in the page's language. The words stand in words.json.

const {said: SAID, told: TOLD, columns: COLUMNS, names: NAMES} = WORDS;
const SIGNED = ["change in", "over-confidence"];
const DECIMAL = [BOTH, "Brier", "student: d", "student: b"];
const CSV = ["measure", "occasion", "item", "group", "n", "value", "low", "high", "said"];
const NEEDS = {students: NUMBERS.pupils, answers_needed: NUMBERS.answers, group_answers: NUMBERS.group_answers,
  each_kind: NUMBERS.each_kind, wished: NUMBERS.wished.toFixed(2), chance: NUMBERS.chance.toFixed(2),
  chance_brier: NUMBERS.chance_brier.toFixed(2)};

const unsigned = text => (Number(text) === 0 ? text.replace("-", "") : text);
const signed = text => {
  const made = unsigned(short(text, 2));
  return Number(made) === 0 ? made : made.startsWith("-") ? `−${made.slice(1)}` : `+${made}`;
};
const begins = (text, starts) => starts.some(start => text.startsWith(start));
const number = (measure, text) => {
  if (!text) return "";
  if (begins(measure, SIGNED)) return signed(text);
  return begins(measure, DECIMAL) ? unsigned(short(text, 2)).replace("-", "−") : percent(text);
};

const oneOf = text => Object.entries(WORDS.one).reduce((made, [several, one]) => made.replace(new RegExp(`\\b${several}\\b`, "g"), one), text);
const fill = (template, of = {}, more = {}) => {
  const ends = ["value", "low", "high"].map(k => [k, number(of.measure ?? "", of[k] ?? "")]);
  return oneOf(format(template, {...NEEDS, ...of, ...Object.fromEntries(ends), ...more}));
};

const wide = of => {
  const isSo = of.low && units(of.high) - units(of.low) > units(NUMBERS.wide.toFixed(4));
  return isSo ? WORDS[`change in ${BOTH}`].open : "";
};

const withSentence = (first, sentence) => {
  const made = `${first}. ${sentence}`.replace(/^[ .]+|[ .]+$/g, "");
  return sentence ? `${made}.` : made;
};

const saidRow = (of, key) => {
  const own = WORDS[of.measure] ?? {};
  let {verdict} = of;
  if (verdict === "holds-zero" && of.measure === `change in ${BOTH}`) verdict += of.value.startsWith("-") ? " -" : " +";
  const sentence = verdict ? fill(own[verdict] || SAID[verdict] || "", of, {open: wide(of)}) : "";
  if (of.measure in SAID) return fill(SAID[of.measure], of);
  if (of.measure === "piece not ticked") {
    const text = key.questions.get(of.item.toLowerCase()).pieces[of.piece].trim();
    return withSentence(fill(SAID.piece, of, {text}), sentence);
  }
  return "right" in of ? withSentence(fill(SAID.of, of), sentence) : sentence;
};

// class.csv: the same bytes as the package writes.
const csvCell = given => {
  let text = String(given);
  if (/^[=@\t]|^[+-]\p{L}/u.test(text)) text = `'${text}`;
  return /[,"\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
const csvOf = (rows, key) => [CSV, ...rows.map(one => CSV.map(c => (c === "said" ? saidRow(one, key) : one[c])))]
  .map(line => `${line.map(csvCell).join(",")}\n`).join("");

const those = (rows, measure, where = {}) => rows.filter(one =>
  one.measure === measure && Object.entries(where).every(([k, v]) => one[k] === v));

const bar = (label, of, {mark = "", extra = ""} = {}) => {
  const span = of.low ? `${number(of.measure, of.low)} to ${number(of.measure, of.high)}` : "";
  const none = ["no-spread", "one"].includes(of.verdict) ? SAID[of.verdict] : "";
  const said = [number(of.measure, of.value), span, extra, none].filter(Boolean).join(", ");
  return {label, value: of.value, low: of.low, high: of.high, said, mark};
};
