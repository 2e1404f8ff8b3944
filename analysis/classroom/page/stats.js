// The few formulae: stats.py in the page's language. What is printed or judged is text of four decimals first.

const Z = NUMBERS.z;
const NO_SPREAD = 1e-9;

// A number's text in units of its last decimal; back to text, with so many decimals.
const units = text => BigInt(text.replace(".", ""));
const halfUp = (n, by) => (n < 0n ? -((-n + by / 2n) / by) : (n + by / 2n) / by);
const written = (n, places) => {
  const digits = (n < 0n ? -n : n).toString().padStart(places + 1, "0");
  const made = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return n < 0n ? `-${made}` : made;
};

const four = x => written(halfUp(units(x.toFixed(10)), 1000000n), 4);
const short = (text, places) => written(halfUp(units(text), 10n ** BigInt(4 - places)), places);
const percent = text => `${written(halfUp(units(text), 100n), 0)}\u00a0%`;

const t = df => {
  if (df <= NUMBERS.t.length) return NUMBERS.t[df - 1];
  const [z, z3, z5, z7] = [Z, Z ** 3, Z ** 5, Z ** 7];
  const [first, second] = [(z3 + z) / (4 * df), (5 * z5 + 16 * z3 + 3 * z) / (96 * df ** 2)];
  return z + first + second + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * df ** 3);
};

// n values, their mean, the ends of its interval, their standard deviation; null where there is none.
const interval = (n, value = null, low = null, high = null, sd = null) => ({n, value, low, high, sd});

const wilson = (right, n) => {
  if (!n) return interval(0);
  const [p, zz] = [right / n, Z * Z];
  const middle = (p + zz / (2 * n)) / (1 + zz / n);
  const half = Z / (1 + zz / n) * Math.sqrt(p * (1 - p) / n + zz / (4 * n * n));
  return interval(n, p, middle - half, middle + half);
};

const total = values => values.reduce((made, value) => made + value, 0);

const mean = values => {
  const n = values.length;
  if (n < 2) return interval(n, n ? values[0] : null);
  const middle = total(values) / n;
  const sd = Math.sqrt(total(values.map(v => (v - middle) ** 2)) / (n - 1));
  if (sd < NO_SPREAD) return interval(n, middle, null, null, 0);
  const half = t(n - 1) * sd / Math.sqrt(n);
  return interval(n, middle, middle - half, middle + half, sd);
};

const meanOfGroups = groups => {
  const [n, k] = [total(groups.map(g => g.length)), groups.length];
  const middles = groups.map(g => total(g) / g.length);
  const value = total(middles) / k;
  if (n <= k) return interval(n, value);
  const sd = Math.sqrt(total(groups.flatMap((g, at) => g.map(v => (v - middles[at]) ** 2))) / (n - k));
  if (sd < NO_SPREAD) return interval(n, value, null, null, 0);
  const half = t(n - k) * sd * Math.sqrt(total(groups.map(g => 1 / g.length))) / k;
  return interval(n, value, value - half, value + half, sd);
};

// The inverse of the normal distribution: Wichura 1988, algorithm AS 241, without its farthest tails, to which half an
// answer never comes.
const NEAR = [[3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
  45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
[1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
  39307.89580009271061, 28729.085735721942674, 5226.495278852854561]];
const FARTHER = [[1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
  1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4],
[1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9]];

const polynomial = (of, x) => of.reduceRight((made, c) => made * x + c, 0);

const normal = p => {
  const q = p - 0.5;
  const inside = Math.abs(q) <= 0.425;
  const [above, below] = inside ? NEAR : FARTHER;
  const r = inside ? 0.180625 - q * q : Math.sqrt(-Math.log(Math.min(p, 1 - p))) - 1.6;
  const made = polynomial(above, r) / polynomial(below, r);
  return inside ? q * made : Math.sign(q) * made;
};

const detected = ({hits, sound, alarms, weak}) => {
  const [h, f] = [normal((hits + 0.5) / (sound + 1)), normal((alarms + 0.5) / (weak + 1))];
  return [h - f, -(h + f) / 2];
};

const needed = (sd, wished) => Math.max(NUMBERS.pupils, Math.ceil(Number(((2 * sd / wished) ** 2).toFixed(6))));
