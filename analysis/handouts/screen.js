// One screen at a time; what is behind a break waits for the next key. Without this script all is shown.

(() => {
  const slides = [...document.querySelectorAll(".slide")];
  const keys = document.querySelector(".keys");
  const told = keys.querySelector("output");
  const steps = slides.flatMap((slide, n) => [...slide.querySelectorAll(".step")].map((_, step) => [n, step]));
  let at = 0;

  // A screen is as large as it can be without scrolling; on a phone, and below half its size, it scrolls instead.
  const LEAST = 0.5;
  const main = document.querySelector("main");
  const fit = () => {
    const slide = slides[steps[at][0]];
    const room = innerHeight - keys.offsetHeight - main.offsetTop - 8;
    const holds = size => {
      slide.style.zoom = size;
      return main.offsetHeight <= room;
    };
    if (matchMedia("(max-width: 40rem)").matches || holds(1)) return void (slide.style.zoom = "");
    let [low, high] = [LEAST, 1];
    while (high - low > 0.01) {
      const middle = (low + high) / 2;
      if (holds(middle)) low = middle;
      else high = middle;
    }
    slide.style.zoom = low;
  };

  const show = focus => {
    const [now, upTo] = steps[at];
    slides.forEach((slide, n) => {
      slide.hidden = n !== now;
      slide.querySelectorAll(".step").forEach((step, k) => (step.hidden = n === now && k > upTo));
    });
    const waits = at + 1 < steps.length && steps[at + 1][0] === now;
    told.textContent = `${now + 1} / ${slides.length}${waits ? " · more behind the next key" : ""}${at ? "" : " · keys: → on, ← back, Home to the first"}`;
    keys.querySelector("[data-go='-1']").disabled = at === 0;
    keys.querySelector("[data-go='1']").disabled = at === steps.length - 1;
    fit();
    if (focus) {
      const shown = slides[now].querySelectorAll(".step")[upTo];
      const part = upTo ? shown : slides[now];
      part.setAttribute("tabindex", "-1");
      part.focus({preventScroll: true});
      if (upTo) part.scrollIntoView({block: "nearest"});
      else scrollTo(0, 0);
    }
  };

  const go = by => {
    const next = Math.min(Math.max(at + by, 0), steps.length - 1);
    if (next === at) return;
    at = next;
    show(true);
  };

  document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const by = {ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -steps.length, End: steps.length}[event.key];
    if (!by || event.target.closest?.(".wide")) return;
    event.preventDefault();
    go(by);
  });
  keys.addEventListener("click", event => go(Number(event.target.closest("[data-go]")?.dataset.go ?? 0)));

  // On paper everything stands.
  addEventListener("beforeprint", () => document.querySelectorAll(".slide, .step").forEach(part => (part.hidden = false)));
  addEventListener("afterprint", () => show(false));
  addEventListener("resize", fit);
  document.fonts.addEventListener("loadingdone", fit);
  main.addEventListener("toggle", fit, true);  // the fold of a chart's numbers
  document.documentElement.classList.add("one");
  keys.hidden = false;
  show(false);
})();
