// Marks of a chart: one of them in the tab order, arrow keys walk them; a pointer near a mark has it answer; when a
// control has drawn the chart anew, what moved slides to its place. Without this script each mark is a link to its note.

(() => {
  const NEAR = 24;
  const marksOf = svg => [...svg.querySelectorAll("a.wc-mark")];

  const rest = svg => marksOf(svg).forEach((mark, n) => mark.setAttribute("tabindex", n ? "-1" : "0"));

  const walk = (event, mark) => {
    const marks = marksOf(mark.ownerSVGElement);
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    const at = marks.indexOf(mark);
    const next = event.key === "Home" ? marks[0] : event.key === "End" ? marks.at(-1) : step && marks[at + step];
    if (!next) return;
    event.preventDefault();
    mark.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };

  const nearest = (svg, x, y) => {
    let best = null;
    let least = NEAR;
    for (const mark of marksOf(svg)) {
      const box = mark.getBoundingClientRect();
      const far = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
      if (far < least) [best, least] = [mark, far];
    }
    return best;
  };

  // What was near is told as if the pointer were on it, so that whoever shows cards for links shows this one too.
  let on = null;
  const touch = (mark, kind) => mark?.dispatchEvent(new MouseEvent(kind, {bubbles: true}));
  const turn = mark => {
    if (mark === on) return;
    on?.classList.remove("wc-on");
    touch(on, "mouseout");
    on = mark;
    on?.classList.add("wc-on");
    touch(on, "mouseover");
  };

  addEventListener("pointermove", event => {
    if (event.pointerType === "touch") return;
    const svg = event.target.closest?.(".wc-draw");
    turn(svg ? nearest(svg, event.clientX, event.clientY) : null);
  }, {passive: true});

  document.addEventListener("click", event => {
    const svg = event.target.closest?.(".wc-draw");
    if (!svg || event.target.closest("a.wc-mark")) return;
    nearest(svg, event.clientX, event.clientY)?.dispatchEvent(
      new MouseEvent("click", {bubbles: true, cancelable: true, clientX: event.clientX, clientY: event.clientY}));
  });

  document.addEventListener("keydown", event => {
    const mark = event.target.closest?.("a.wc-mark");
    if (mark) walk(event, mark);
  });

  // A chart drawn anew: a mark with the same note slides from where it stood. Where the same rows were worked out in
  // another way, no note is the same: as many marks beside the same words are the same rows, in the same order.
  const wordsOf = svg => [...svg.querySelectorAll("text")].map(text => text.textContent).filter(text => /\p{L}{3}/u.test(text));
  const placesOf = svg => ({
    words: new Set(wordsOf(svg)),
    marks: marksOf(svg).map(mark => [mark.getAttribute("href"), mark.getBoundingClientRect()]),
  });

  const whereStood = (svg, before) => {
    const [marks, known, words] = [marksOf(svg), new Map(before.marks), wordsOf(svg)];
    if (marks.some(mark => known.has(mark.getAttribute("href")))) return marks.map(mark => known.get(mark.getAttribute("href")));
    const alike = marks.length === before.marks.length && words.filter(text => before.words.has(text)).length * 2 > words.length;
    return alike ? before.marks.map(([, place]) => place) : [];
  };
  const stood = new WeakMap();
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");

  const slide = (box, svg, before) => {
    rest(svg);
    if (quiet.matches || !before) return;
    const stood = whereStood(svg, before);
    for (const [n, mark] of marksOf(svg).entries()) {
      const old = stood[n];
      if (!old) continue;
      const now = mark.getBoundingClientRect();
      const [x, y] = [old.left - now.left, old.top - now.top];
      if (Math.hypot(x, y) > 1) mark.animate([{transform: `translate(${x}px,${y}px)`}, {transform: "none"}], {duration: 350, easing: "ease-out"});
    }
  };

  const shown = root => [...root.querySelectorAll(".wc-draw")].find(svg => svg.getClientRects().length);

  // Where the marks stand is asked when a control is moved, not before: it takes a layout of the page, and it may scroll.
  const remember = box => {
    const svg = shown(box);
    if (svg) stood.set(box, {svg, places: placesOf(svg)});
  };

  const watch = box => new MutationObserver(() => {
    const svg = shown(box);
    const before = stood.get(box);
    if (!svg || svg === before?.svg) return;
    slide(box, svg, before?.places);
    stood.set(box, {svg});
  }).observe(box, {childList: true, subtree: true});

  document.querySelectorAll(".wc-draw").forEach(rest);
  document.querySelectorAll(".still-control").forEach(box => {
    watch(box);
    for (const kind of ["input", "submit"]) box.addEventListener(kind, () => remember(box), true);
  });
})();
