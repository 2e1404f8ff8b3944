// The address holds the views: #unit=sorties&place=syria. An address without "=" is a place in the page.

const write = () => {
  const state = new URLSearchParams(boxes.flatMap(box => box.changed())).toString();
  history.replaceState(null, "", state ? "#" + state : location.href.split("#")[0]);
};

const read = () => {
  if (!location.hash.includes("=")) return;
  const wanted = new URLSearchParams(location.hash.slice(1));
  boxes.map(box => box.set(wanted)).find(Boolean)?.scrollIntoView();
};

// What the address names may be folded: a note, or a number in a table.
const named = () => {
  const name = location.hash.slice(1);
  return document.querySelector(":target") || document.getElementById(name) || attempt("An address",
    () => document.getElementById(decodeURIComponent(name)));
};

const unfold = () => {
  const place = named();
  if (!place) return;
  let shut = false;
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    shut ||= !fold.open;
    fold.open = true;
  }
  if (shut) place.scrollIntoView();
};
