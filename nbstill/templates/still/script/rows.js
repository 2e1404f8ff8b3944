// A table that is wider than its frame, as on a phone, becomes rows of label and value.

const labelled = table => {
  const heads = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells || [])].map(head => head.textContent.trim());
  const rows = [...table.tBodies].flatMap(body => [...body.rows]);
  if (table.hasAttribute("role") || !heads.length || !rows.length) return;
  table.setAttribute("role", "table");  // as blocks its parts lose what they are
  for (const row of rows) {
    row.setAttribute("role", "row");
    [...row.cells].forEach((cell, n) => {
      cell.setAttribute("role", cell.tagName === "TH" ? "rowheader" : "cell");
      if (heads[n]) cell.dataset.label = `${heads[n]}: `;
    });
  }
};

const fit = frame => {
  const table = frame.querySelector(":scope > table");
  if (!table) return;
  table.classList.remove("still-rows");
  if (!frame.clientWidth || table.offsetWidth <= frame.clientWidth + 1) return;
  labelled(table);
  table.classList.toggle("still-rows", table.hasAttribute("role"));
};

const fitting = new ResizeObserver(entries => entries.forEach(entry => fit(entry.target)));
const stack = root => all(".still-wide", root).forEach(frame => fitting.observe(frame));
