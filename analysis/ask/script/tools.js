// Tools that every part uses. The parts are joined in the order of page.py's SCRIPTS, within one function.

const all = (css, root = document) => [...root.querySelectorAll(css)];

// An element: h("p", {className: "a"}, "words", other). A name with a hyphen is an attribute. Words stay words.
const h = (tag, given = {}, ...inside) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...inside);
  return element;
};

let counted = 0;
const unique = name => `wc-${name}-${counted += 1}`;

// A double click is one: its second click does nothing, be it on the same button or on what has come under the pointer since.
const once = go => event => event.detail < 2 && go();
const pointed = {target: null, stray: false};
addEventListener("mousedown", event => {
  if (event.detail < 2) pointed.target = event.target;
  pointed.stray = event.target !== pointed.target;
}, true);
addEventListener("click", event => {
  if (!pointed.stray || !event.detail || !event.target.closest("wc-ask, wc-quiz, wc-desk")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

const button = (text, onclick, more = {}) => h("button", {type: "button", textContent: text, onclick, ...more});

// A field with its label before it; hint: more words, in the label.
const labelled = (text, field, hint = "") => {
  field.id = unique("field");
  return h("p", {className: "wc-field"},
    h("label", {htmlFor: field.id}, text, ...(hint ? [" ", h("small", {}, hint)] : [])), field);
};

// Radio buttons under a legend: .node, .value, .fill(value). choices: [[value, words]].
const radios = (legend, choices, onchange, kind = "") => {
  const name = unique("choice");
  const inputs = choices.map(([value]) => h("input", {type: "radio", name, value, onchange}));
  const labels = choices.map(([, words], n) => h("label", {}, inputs[n], h("span", {}, words)));
  return {
    node: h("fieldset", {className: `wc-radios ${kind}`}, h("legend", {}, ...[legend].flat()), ...labels),
    get value() { return inputs.find(input => input.checked)?.value ?? ""; },
    fill(value) { inputs.forEach(input => { input.checked = input.value === value; }); },
    focus() { inputs[0].focus(); },
  };
};

// The first words of a text, by which a list or a reader's voice names the whole: element.py's brief().
const brief = (text, most = 60) => {
  const letters = [...text.split(/\s+/).filter(Boolean).join(" ")];
  return letters.length <= most ? letters.join("") : `${letters.slice(0, most + 1).join("").replace(/ [^ ]*$/, "")} …`;
};

const many = (n, one, several = one + "s") => `${n} ${n === 1 ? one : several}`;
const listed = text => text.split(";").map(part => part.trim()).filter(Boolean);

// A part that fails says so in the console and stops no other.
const attempt = (what, go) => {
  try {
    return go();
  } catch (problem) {
    console.warn(`${what} does not work on this page:`, problem);
    return null;
  }
};
