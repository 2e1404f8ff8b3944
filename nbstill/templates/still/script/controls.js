// Controls: every view is in the page. A new kind of control that HTML does not have would read its place in `places`.

const control = box => {
  const form = box.querySelector("form");
  const out = box.querySelector(".still-view");
  const states = box.querySelector(".still-states");
  const said = box.querySelector("[role=status]");
  const data = box.querySelector(":scope > script");
  const spec = JSON.parse(box.getAttribute("data-still-controls"));  // [[name in the address, name, labels]]
  const slugs = spec.map(([, , labels]) => distinct(labels.map(slug)));
  const fields = spec.map((_, k) => all(`[name="${box.id}-${k}"]`, form));
  const button = form.querySelector("button");  // what its author wants to be pressed before anything is shown
  let views;
  let turn = 0;

  const place = ([field, ...more]) => {
    if (more.length || field.type === "radio") return [field, ...more].findIndex(one => one.checked);
    return field.type === "checkbox" ? +field.checked : +field.value;
  };
  const put = ([field, ...more], index) => {
    if (more.length || field.type === "radio") [field, ...more][index].checked = true;
    else if (field.type === "checkbox") field.checked = index > 0;
    else field.value = index;
  };
  const places = () => fields.map(place);

  const label = () => places().forEach((index, k) => {
    const words = spec[k][2][index];
    const field = fields[k][0];
    if (field.type === "range") {
      field.setAttribute("aria-valuetext", words);
      field.nextElementSibling.textContent = words;
    }
  });

  const draw = async () => {
    const now = drawn = places();
    const mine = ++turn;
    label();
    now.forEach((index, k) => { states.tBodies[0].rows[k].cells[1].textContent = spec[k][2][index]; });
    const rows = await (views ??= unpack(data));
    const [html, ...drawings] = rows[now.reduce((n, index, k) => n * spec[k][2].length + index, 0)];
    const next = make("div", {innerHTML: html});
    for (const image of all("img[data-still-drawing]", next)) {
      image.src = "data:image/svg+xml," + encodeURIComponent(drawings[image.getAttribute("data-still-drawing")]);
    }
    await Promise.all(all("img", next).map(image => image.decode().catch(() => {})));  // no blank frame
    if (mine !== turn) return;  // a later move has overtaken this one
    const folds = all("details", next);
    all("details", out).forEach((old, i) => { if (folds[i]) folds[i].open = old.open; });
    out.replaceChildren(...next.childNodes);
    takeaways(out);
    stack(out);
    said.textContent = spec.map(([, name, labels], k) => `${name}: ${labels[now[k]]}.`).join(" ") || "Shown.";
  };

  form.reset();
  const home = places();
  let drawn = home;
  const move = () => { draw(); write(); };
  form.addEventListener("submit", event => { event.preventDefault(); if (button) move(); });
  form.addEventListener("input", button ? label : move);
  form.addEventListener("focusin", () => { views ??= unpack(data); }, {once: true});

  // Move to what an address asks for; the box itself if it asked for anything here.
  const set = wanted => {
    const before = places().join();
    spec.forEach(([key], k) => {
      const found = slugs[k].indexOf(slug(wanted.get(key) ?? "\0"));
      put(fields[k], found < 0 ? home[k] : found);
    });
    if (places().join() !== before) draw();
    return spec.some(([key]) => wanted.has(key)) && box;
  };
  const changed = () => drawn.flatMap((index, k) => index === home[k] ? [] : [[spec[k][0], slugs[k][index]]]);
  return {set, changed};
};

const moving = "DecompressionStream" in window
  ? all(".still-control").filter(box => box.querySelector(":scope > script")) : [];
const boxes = moving.map(box => attempt("A control", () => control(box))).filter(Boolean);
document.documentElement.classList.toggle("still-js", "DecompressionStream" in window);
