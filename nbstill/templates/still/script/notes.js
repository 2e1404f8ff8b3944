// Notes: those that stored views alone ask for are stored as well; a card shows one; a column stands beside the text.

const notes = document.querySelector("section.still-notes");
const targetOf = link => link.getAttribute("href").slice(1);  // a link in a drawing has no hash
const noteOf = link => document.getElementById(targetOf(link));

const bringNotes = () => {
  const stored = notes?.querySelector(":scope > script");
  if (!boxes.length || !stored) return;
  unpack(stored).then(rows => {
    notes.querySelector("ol").insertAdjacentHTML("beforeend", rows.map(([html]) => html).join(""));
    unfold();
  });
};

// The card

const card = make("div", {className: "still-pop", popover: "manual"});
let shownFor = null;
let later = 0;
let touched = null;

const hide = () => {
  shownFor = null;
  if (card.matches(":popover-open")) card.hidePopover();
};

const beside = link => {
  const drawing = link.closest("svg");
  const at = drawing ? link.getBoundingClientRect() : link.getClientRects()[0];
  const main = document.getElementById("still-page").getBoundingClientRect();
  const right = Math.min(main.left + 688, innerWidth);
  const wide = !drawing && innerWidth - right > card.offsetWidth + 16;
  const left = wide ? right : Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8));
  const below = wide ? at.top - 8 : at.bottom + 6;
  const over = wide ? innerHeight - card.offsetHeight - 8 : at.top - card.offsetHeight - 6;
  const top = below + card.offsetHeight > innerHeight ? over : below;
  Object.assign(card.style, {left: left + "px", top: Math.max(8, top) + "px"});
};

const show = link => {
  clearTimeout(later);
  const note = noteOf(link);
  const head = note?.closest("details")?.querySelector("summary");
  if (!head || shownFor === link) return;
  const words = make("p", {className: "still-big", textContent: head.firstChild.textContent});
  card.replaceChildren(words, ...note.cloneNode(true).childNodes);
  all("[id]", card).forEach(element => element.removeAttribute("id"));
  all("a, [tabindex]", card).forEach(element => { element.tabIndex = -1; });
  card.showPopover();
  shownFor = link;
  beside(link);
};

const watchNotes = () => {
  if (!("showPopover" in card) || !notes) return;
  card.setAttribute("aria-hidden", "true");
  document.body.append(card);
  const linkOf = event => event.target.closest?.("a.still-ref");
  document.addEventListener("mouseover", event => {
    if (linkOf(event) && !card.contains(event.target)) show(linkOf(event));
    else if (card.contains(event.target)) clearTimeout(later);
  });
  document.addEventListener("mouseout", event => {
    if (!linkOf(event) && !card.contains(event.target)) return;
    clearTimeout(later);
    later = setTimeout(hide, 250);
  });
  document.addEventListener("focusin", event => linkOf(event) ? show(linkOf(event)) : hide());
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, {passive: true});
  document.addEventListener("click", event => {  // a finger has no hover: the first touch shows, the second goes there
    const link = linkOf(event);
    if (link && matchMedia("(hover: none)").matches && link !== touched) {
      event.preventDefault();
      show(link);
      touched = link;
    } else {
      touched = null;
      if (!card.contains(event.target)) hide();
    }
  });
};

// Where each number of a paragraph comes from, on a wide screen

const sideNotes = block => {
  const first = new Map(all("a.still-ref", block).map(link => [targetOf(link), link]).reverse());
  const lines = [...first.values()].reverse().map(link => {
    const note = noteOf(link);
    const from = note?.closest("details").querySelector("summary small");
    return from && make("span", {}, make("b", {textContent: link.textContent}), " ", from.textContent);
  }).filter(Boolean);
  if (!lines.length) return;
  const side = make("p", {className: "still-side"}, ...lines);
  side.setAttribute("aria-hidden", "true");
  block.before(side);
};
