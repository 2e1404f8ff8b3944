// What happens when the page is there; each part in an attempt of its own.

const onPaper = () => {  // a link is a number there, and every note stands open
  const folds = all(".still-notes li > details");
  const items = folds.map(fold => fold.lastElementChild.id);
  all("a.still-ref").forEach(link => { link.dataset.note = items.indexOf(targetOf(link)) + 1; });
  folds.filter(fold => !fold.open).forEach(fold => {
    fold.open = true;
    addEventListener("afterprint", () => { fold.open = false; }, {once: true});
  });
};

// The top is painted before the rest is laid out; all at once where the page has to know its length from the start: an
// address asks for a place in it, or its reader comes back to where they were.
const wholly = () => {
  document.getElementById("still-page").classList.remove("still-later");
  attempt("The stored notes", bringNotes);
};

if (location.hash || performance.getEntriesByType("navigation")[0]?.type !== "navigate") wholly();
else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(wholly)));
attempt("The column beside the text", () => all("#still-page > :is(p, ul, ol, blockquote)").forEach(sideNotes));
attempt("The card of a note", watchNotes);
attempt("Taking away", () => {
  takeaways(document.getElementById("still-page"));
  told.setAttribute("role", "status");
  document.body.append(told);
});
attempt("Rows of wide tables", () => stack(document.getElementById("still-page")));
addEventListener("hashchange", () => { read(); unfold(); });
document.addEventListener("click", event => {
  if (!event.defaultPrevented && event.target.closest?.("a[href^='#']")) setTimeout(unfold);
});
addEventListener("beforeprint", onPaper);
attempt("The address", () => { read(); unfold(); });
