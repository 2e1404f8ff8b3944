// A class's answers as numbers: results.py, score.py and students.py in the page's language. A row: {measure, occasion, item,
// group, n, value, low, high, verdict, …}; its numbers are text of four decimals.

const ALL = "all";
const [SOUND, WEAK, BOTH, YES] = ["right on sound", "right on weak", "balanced accuracy", "share of yes"];
const PAIRS = [["before", "after"], ["before", "later"]];

const row = (measure, one, {occasion = ALL, item = "", group = "", verdict = "", ...more} = {}) => {
  const [value, low, high] = [one.value, one.low, one.high].map(x => (x === null ? "" : four(x)));
  return {measure, occasion, item, group, n: one.n, value, low, high, verdict, ...more};
};
const share = one => (one.low === null ? one : {...one, low: Math.max(one.low, 0), high: Math.min(one.high, 1)});
const at = (answers, occasion) => answers.filter(a => occasion === ALL || a.occasion === occasion);
const scores = a => ["sound", "weak"].includes(a.question.kindOfNumber) && a.question.form !== "practice";

const results = given => {
  const found = new Map();
  for (const a of given) {
    const sound = a.question.kindOfNumber === "sound";
    const yes = Number(a.right === sound);
    const one = found.get(a.code) ?? {hits: 0, sound: 0, alarms: 0, weak: 0};
    found.set(a.code, sound ? {...one, hits: one.hits + yes, sound: one.sound + 1}
      : {...one, alarms: one.alarms + yes, weak: one.weak + 1});
  }
  return found;
};
const isEnough = one => Math.min(one.sound, one.weak) >= NUMBERS.each_kind;
const enough = given => new Map([...results(given)].filter(([, one]) => isEnough(one)));
const measured = (one, measure) => {
  const [h, f] = [one.hits / one.sound, one.alarms / one.weak];
  return {[SOUND]: h, [WEAK]: 1 - f, [BOTH]: (h + 1 - f) / 2, [YES]: (h + f) / 2}[measure];
};

// Who answered

const who = (answers, scored) => [ALL, ...OCCASIONS].flatMap(occasion => {
  const there = at(occasion === ALL ? answers : scored, occasion);
  const asked = at(scored, occasion);
  const blank = asked.filter(a => !a.answer).length;
  return [row("students", interval(new Set(there.map(a => a.code)).size), {occasion}),
    row("left blank", interval(asked.length, asked.length ? blank / asked.length : null), {occasion, blank})];
});

// Means, and their change

const spread = one => (one.sd === 0 ? "no-spread" : one.low === null ? "one" : "");
const againstACoin = one => {
  if (one.low === null) return spread(one);
  return Number(four(one.low)) > NUMBERS.chance ? "above" : Number(four(one.high)) < NUMBERS.chance ? "below" : "as-a-coin";
};
const leaningOf = one => {
  const [no, yes] = NUMBERS.leaning;
  return Number(four(one.value)) < no ? "says-no" : Number(four(one.value)) > yes ? "says-yes" : "neither";
};

const means = given => OCCASIONS.flatMap(occasion => ["", ...TESTS].flatMap(item => {
  const those = [...enough(at(given, occasion).filter(a => !item || a.form === item)).values()];
  const of = measure => share(mean(those.map(one => measured(one, measure))));
  const made = those.length ? [SOUND, WEAK, BOTH].map(measure => {
    const one = of(measure);
    return row(measure, one, {occasion, item, verdict: measure === BOTH ? againstACoin(one) : spread(one)});
  }) : [];
  if (item || those.length < NUMBERS.pupils) return made;
  return [...made, row(YES, of(YES), {occasion, verdict: leaningOf(of(YES))})];
}));

const turns = given => {
  const votes = new Map();
  for (const a of at(given, "before")) {
    if (!votes.has(a.code)) votes.set(a.code, new Map(TESTS.map(form => [form, 0])));
    votes.get(a.code).set(a.form, votes.get(a.code).get(a.form) + 1);
  }
  return new Map([...votes].map(([code, n]) => [code, TESTS.reduce((best, form) => (n.get(form) > n.get(best) ? form : best))]));
};

const changed = one => {
  const size = needed(one.sd ?? 0, NUMBERS.wished);
  if (one.n < NUMBERS.pupils) return [one.sd ? "few-both" : "none-both", size]; // of how many would do nothing can be said where there is no spread
  if (one.low === null) return ["no-spread", size];
  if (Number(four(one.low)) <= 0 && Number(four(one.high)) >= 0) return ["holds-zero", size];
  return [one.low > 0 ? "rose" : "fell", size];
};

const changes = (given, key) => {
  const group = turns(given);
  const every = [...key.questions.values()].filter(q => scores({question: q})).map(q => q.form);
  const forms = TESTS.filter(form => every.includes(form));
  return PAIRS.flatMap(([first, then]) => {
    const [one, other] = [enough(at(given, first)), enough(at(given, then))];
    const both = [...one.keys()].filter(code => other.has(code));
    if (!other.size) return [];
    const sizes = forms.map(form => both.filter(code => group.get(code) === form).length);
    const apart = Math.min(...sizes) > 0;
    const uneven = apart && Math.max(...sizes) - Math.min(...sizes) > NUMBERS.uneven;
    return [BOTH, SOUND, WEAK].map(measure => {
      const all = both.map(code => [group.get(code), measured(other.get(code), measure) - measured(one.get(code), measure)]);
      const made = uneven ? meanOfGroups(forms.map(form => all.filter(([g]) => g === form).map(([, d]) => d)))
        : mean(all.map(([, d]) => d));
      const [verdict, size] = changed(made);
      return row(`change in ${measure}`, made, {occasion: `${first} to ${then}`, verdict, size, apart: Number(apart), uneven: Number(uneven)});
    });
  });
};

// Questions

const few = one => (one.n < NUMBERS.answers ? "few-answers" : "");
const ticks = marks => marks.filter(Boolean).length;

const items = (answers, key) => [...key.questions.values()].flatMap(question => {
  const own = answers.filter(a => a.question === question && a.right !== null);
  const occasions = own.length ? [ALL, ...(TESTS.includes(question.form) ? OCCASIONS : [])] : [];
  return occasions.map(occasion => [occasion, at(own, occasion).map(a => a.right)]).filter(([, marks]) => marks.length)
    .map(([occasion, marks]) => {
      const one = wilson(ticks(marks), marks.length);
      return row("right", one, {occasion, item: question.id, verdict: few(one), right: ticks(marks)});
    });
});

const pieces = (answers, key) => [...key.questions.values()].flatMap(question => {
  const seen = answers.filter(a => a.question === question && a.pieces.length).map(a => a.pieces);
  return (seen.length ? question.pieces : []).map((piece, n) => {
    const missing = seen.filter(ticked => !ticked.includes(plain(piece))).length;
    const one = wilson(missing, seen.length);
    return row("piece not ticked", one, {item: question.id, verdict: few(one), right: missing, piece: n});
  });
});

const grades = answers => {
  const two = answers.filter(a => a.question.kind === "two-grades" && a.answer).map(a => a.answer);
  if (!two.length) return [];
  const judged = two.filter(answer => answer[0] !== "F" && answer[1] !== "6");
  const on = judged.filter(answer => NUMBERS.diagonal.includes(answer)).length;
  const [one, left] = [wilson(on, judged.length), wilson(two.length - judged.length, two.length)];
  return [row("on the diagonal", one, {verdict: few(one), right: on}),
    row("F or 6", left, {verdict: few(left), right: two.length - judged.length})];
};

// Confidence

const byStudent = told => {
  const found = new Map();
  for (const one of told) found.set(one[0].code, [...(found.get(one[0].code) ?? []), one]);
  return [...found.values()];
};
const against = (one, said) => {
  if (one.n < NUMBERS.answers) return "few-answers";
  return Number(four(one.low)) > said ? "under" : Number(four(one.high)) < said ? "over" : "as-said";
};
const over = one => {
  if (one.low === null) return spread(one);
  return Number(four(one.low)) > 0 ? "over" : Number(four(one.high)) < 0 ? "under" : "holds-zero";
};

const confidence = given => [ALL, ...OCCASIONS].flatMap(occasion => {
  const told = at(given, occasion).filter(a => a.confidence).map(a => [a, Number(a.confidence) / 100]);
  if (!told.length) return [];
  const steps = NUMBERS.steps.map(step => {
    const marks = told.filter(([a]) => a.confidence === String(step)).map(([a]) => a.right);
    const one = wilson(ticks(marks), marks.length);
    const verdict = against(one, step / 100);
    return row("right at", one.n < NUMBERS.answers ? interval(one.n) : one, {occasion, item: String(step), verdict});
  });
  const by = byStudent(told);
  const sure = mean(by.map(own => total(own.map(([a, c]) => c - Number(a.right))) / own.length));
  const brier = mean(by.map(own => total(own.map(([a, c]) => (c - Number(a.right)) ** 2)) / own.length));
  const low = brier.high !== null && Number(four(brier.high)) < NUMBERS.chance_brier;
  return [...steps, row("over-confidence", sure, {occasion, verdict: over(sure)}),
    row("Brier", brier, {occasion, verdict: spread(brier) || (low ? "used" : "not-shown")})];
});

// By whose number: sums of many students only

const whose = (given, key) => [ALL, ...OCCASIONS].flatMap(occasion => [...key.groups.keys()].flatMap(group =>
  ["sound", "weak"].flatMap(kind => {
    const own = at(given, occasion).filter(a => a.question.whose === group && a.question.kindOfNumber === kind);
    const by = byStudent(own.map(a => [a, Number(a.right === (kind === "sound"))]));
    if (by.length < NUMBERS.pupils) return [];
    const one = share(mean(by.map(theirs => total(theirs.map(([, yes]) => yes)) / theirs.length)));
    const tooFew = own.length < NUMBERS.group_answers;
    const verdict = tooFew ? "few-in-group" : spread(one);
    return [row(`yes on ${kind}`, tooFew ? interval(one.n) : one, {occasion, group, verdict, answers: own.length})];
  })));

// One student, for analysts

const aCoin = (right, n) => {
  let [ways, sum] = [1, 0];
  for (let k = 0; k <= n; k += 1) {
    if (k >= right) sum += ways;
    ways = ways * (n - k) / (k + 1);
  }
  return sum / 2 ** n;
};

const students = given => OCCASIONS.flatMap(occasion => [...results(at(given, occasion))].flatMap(([item, one]) => {
  const [right, n] = [one.hits + one.weak - one.alarms, one.sound + one.weak];
  const make = (measure, count, value, verdict = "") => row(`student: ${measure}`, interval(count, value), {occasion, item, verdict});
  const made = [make(SOUND, one.sound, one.sound ? one.hits / one.sound : null),
    make(WEAK, one.weak, one.weak ? (one.weak - one.alarms) / one.weak : null)];
  if (!isEnough(one)) return [...made, make(BOTH, n, null, "too-few")];
  const verdict = aCoin(right, n) >= NUMBERS.coin ? "coin" : "better-than-a-coin";
  return [...made, make(BOTH, n, measured(one, BOTH), verdict), make("d prime", n, detected(one)[0])];
}));

const scoreOf = (answers, key) => {
  const scored = answers.filter(scores);
  const given = scored.filter(a => a.answer);
  return [...who(answers, scored), ...means(given), ...changes(given, key), ...items(answers, key), ...confidence(given),
    ...grades(answers), ...pieces(answers, key), ...whose(given, key), ...students(given)];
};
