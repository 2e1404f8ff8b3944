// A block as elements of the page. Places in a picture are per cent of its width, so that it fits any.

const TICKS = {"0": [0, 0.25, 0.5, 0.75, 1], "-1": [-1, -0.5, 0, 0.5, 1]};
const MIDDLE = 13;

const element = (name, attributes = {}, ...inside) => {
  const made = document.createElement(name);
  for (const [k, v] of Object.entries(attributes)) made.setAttribute(k, v);
  made.append(...inside);
  return made;
};
const shape = (name, attributes, ...inside) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [k, v] of Object.entries(attributes)) made.setAttribute(k, v);
  made.append(...inside);
  return made;
};

const placed = (value, bars) => {
  const [start, end] = [Number(bars.start), Number(bars.end)];
  return Math.min(Math.max((Number(value) - start) / (end - start), 0), 1) * 100;
};

const laneOf = (row, bars) => {
  const x = value => `${placed(value, bars)}%`;
  const parts = [shape("line", {class: "s-line", x1: "0%", x2: "100%", y1: MIDDLE, y2: MIDDLE})];
  if (bars.line) parts.push(shape("line", {class: "s-soft class-coin", x1: x(bars.line), x2: x(bars.line), y1: 0, y2: 2 * MIDDLE}));
  if (row.low) {
    const width = `${placed(row.high, bars) - placed(row.low, bars)}%`;
    parts.push(shape("rect", {class: "f-q2", x: x(row.low), width, y: MIDDLE - 2.5, height: 5}));
  }
  if (row.mark) parts.push(shape("line", {class: "s-ink class-said", x1: x(row.mark), x2: x(row.mark), y1: 4, y2: 22}));
  if (row.value) parts.push(shape("circle", {class: "f-q4 s-paper", cx: x(row.value), cy: MIDDLE, r: 5.5}));
  return shape("svg", {class: "class-lane", "aria-hidden": "true", height: 2 * MIDDLE}, ...parts);
};

const scaleOf = bars => {
  const words = TICKS[bars.start].map((tick, n, all) => {
    const text = bars.start === "-1" ? signed(tick.toFixed(4)) : percent(tick.toFixed(4));
    const anchor = n === 0 ? "start" : n === all.length - 1 ? "end" : "middle";
    return shape("text", {x: `${placed(tick, bars)}%`, y: 14, "text-anchor": anchor}, text);
  });
  return element("div", {class: "class-scale", "aria-hidden": "true"}, shape("svg", {height: 18}, ...words));
};

const barsOf = bars => {
  const rows = bars.rows.map(row => element("li", {}, element("span", {class: "class-label"}, row.label), " ",
    element("span", {class: "class-value"}, row.said), laneOf(row, bars)));
  return element("figure", {class: "wc-chart class-chart"}, element("figcaption", {}, bars.caption),
    element("ul", {class: "class-bars"}, ...rows), scaleOf(bars));
};

const tableOf = table => {
  const keys = Object.keys(table.columns);
  const head = element("tr", {}, ...keys.map(k => element("th", {scope: "col"}, table.columns[k])));
  const rows = table.rows.map(row => element("tr", {}, ...keys.map((k, n) =>
    (n ? element("td", {}, row[k]) : element("th", {scope: "row"}, row[k])))));
  const made = element("table", {class: "wc-table"}, element("caption", {}, table.caption),
    element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", {class: "class-wide", role: "region", tabindex: "0", "aria-label": table.caption}, made);
};

const foldedTable = table => element("details", {class: "wc-numbers"}, element("summary", {}, table.caption), tableOf(table));

const sectionOf = one => {
  const heading = element("h2", {id: `told-${one.id}`}, one.title);
  const tables = one.tables.map((table, n) => (one.id === "files" && !n ? tableOf(table) : foldedTable(table)));
  return element("section", {"aria-labelledby": heading.id}, heading, ...one.said.map(said => element("p", {}, said)),
    ...(one.bars ? [barsOf(one.bars)] : []), ...tables);
};
