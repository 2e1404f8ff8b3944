// Tools that every part uses. The parts are joined in the order of pack.py's SCRIPTS, within one function.

const all = (css, root = document) => [...root.querySelectorAll(css)];

const slug = text => text.trim().toLowerCase().replace(/\s+/g, "-");

// Names for an address, each once: the second "a" is "a.2".
const distinct = names => {
  const taken = new Set();
  return names.map(name => {
    let own = name;
    for (let n = 2; taken.has(own); n++) own = `${name}.${n}`;
    taken.add(own);
    return own;
  });
};

const make = (tag, properties, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

// What is stored in the page: each piece once, and texts as lists of their numbers.
const unpack = async node => {
  const bytes = Uint8Array.from(atob(node.textContent), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const [pieces, rows] = await new Response(stream).json();
  return rows.map(row => row.map(part => part.map(i => pieces[i]).join("")));
};

// A part that fails says so in the console and stops no other.
const attempt = (what, go) => {
  try {
    return go();
  } catch (problem) {
    console.warn(`${what} does not work on this page:`, problem);
    return null;
  }
};
