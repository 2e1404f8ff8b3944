// One question: a guess, how sure, and why; then, in practice, the numbers and the reason.

const SURE = [["How sure are you? ", "50 is a coin’s toss, 100 is certain"], CONFIDENCE.map(step => [step, step])];
const TICK = ["Tick what your own reason named.", "It is no mark: it shows what the class did not see."];
const NONE = "None of these";
const LOOK = 900;  // milliseconds that a note is looked at before it counts as opened

// A note that only documents not yet revealed ask for would tell too early: it is not listed until one of them is.
// Of the places that lead back from a note, those in such a part are not listed either.
const spare = () => all(".still-notes li").forEach(note => {
  const backs = note.wcBacks ??= all(".still-back a", note);
  const early = backs.map(back => document.getElementById(back.getAttribute("href").slice(1))?.closest("wc-ask .wc-revealed[hidden]"));
  const line = note.querySelector(".still-back");
  if (line) {
    line.wcWhole ??= [...line.childNodes];
    const shown = backs.filter((_, n) => !early[n]).flatMap((back, n) => n ? [", ", back] : [back]);
    line.replaceChildren(...(early.some(Boolean) ? ["Back to: ", ...shown] : line.wcWhole));
  }
  note.classList.toggle("wc-early", backs.length > 0 && early.every(Boolean));
});

class Ask {
  constructor(element) {
    const {id, form, kind, occasion = ""} = element.dataset;
    Object.assign(this, {element, store: storeOf(element), row: {occasion, form, question_id: id}, open: false});
    this.reveal = element.querySelector(".wc-reveal");
    this.guess = KINDS[kind](element, () => this.keep());
    this.build();
    if (form === "practice") this.begin(occasion);
    this.store.watch({opened: () => this.row.occasion && this.fill(this.store.find(this.row)), told: () => this.count()});
  }

  build() {
    const {element} = this;
    const named = all(".wc-prompt, .wc-use", element);
    named.forEach(part => { part.id = unique("prompt"); });
    element.id ||= unique("question");
    this.name = brief(named[0].textContent);
    this.sure = element.dataset.sure ? radios([SURE[0][0], h("small", {}, SURE[0][1])], SURE[1], () => this.keep(), "wc-steps") : null;
    this.reason = h("textarea", {rows: 2, maxLength: 1000, placeholder: " ", oninput: () => this.keep()});
    this.fault = h("p", {className: "wc-fault", role: "alert"});
    this.form = h("form", {className: "wc-guess", autocomplete: "off", noValidate: true, "aria-labelledby": named.map(part => part.id).join(" ")},
      this.guess.node, ...(this.sure ? [this.sure.node] : []), labelled("Why?", this.reason, "In a few words of your own; may stay empty"), this.fault);
    // Of many questions on a page, each control is named with its own.
    all("legend", this.form).forEach(legend => legend.append(h("span", {className: "wc-hidden"}, `: ${this.name}`)));
    all("input[type=range]", this.form).forEach(slider => slider.setAttribute("aria-label", `Slide: ${this.name}`));
    this.form.append(element.querySelector(".wc-ruled"));
    this.form.onsubmit = event => {
      event.preventDefault();
      if (this.reveal) this.show();
    };
    all(":scope > ul, :scope > p:not([class]), :scope > .wc-options", element).forEach(part => part.remove());
    element.insertBefore(this.form, this.reveal);
    this.counted = h("p", {className: "wc-tally"});
    if (this.reveal) {
      const shows = this.reveal.querySelector("summary").textContent;
      this.form.append(h("button", {type: "submit", className: "wc-go", textContent: shows, "aria-label": `${shows}: ${this.name}`}));
      this.dress();
      element.append(this.counted);
    }
  }

  // The fold becomes a part of the question that stays hidden until there is a guess.
  dress() {
    const above = all("h1, h2, h3, h4, h5").findLast(one => one.compareDocumentPosition(this.element) & Node.DOCUMENT_POSITION_FOLLOWING);
    const level = above ? Number(above.tagName[1]) + 1 : 2;
    this.head = h("p", {className: "wc-head", tabIndex: -1, role: "heading", "aria-level": level}, "The numbers and the reason");
    this.yours = h("div", {className: "wc-yours"});
    const part = h("div", {className: "wc-revealed", hidden: true}, this.head, this.yours);
    part.append(...[...this.reveal.childNodes].slice(1));
    this.reveal.replaceWith(part);
    this.reveal = part;
    this.pieces = this.ticks(".wc-pieces");
    const names = new Map();
    all("wc-cite", part).forEach(cite => this.shelve(cite, names));
    if (all("wc-cite", part).length) part.append(h("p", {className: "wc-hint"}, "Open a number to read where it stands. Then you can tick it as one that you cite."));
  }

  // What the student's own reason named; the last box says that it named none, so that an untouched list says nothing.
  ticks(css) {
    const list = this.reveal.querySelector(css);
    if (!list) return [];
    const texts = [...all("li", list).map(item => item.textContent.trim()), NONE];
    const boxes = texts.map(value => h("input", {type: "checkbox", value}));
    boxes.forEach(box => {
      box.onchange = () => {
        boxes.filter(other => (other.value === NONE) !== (box.value === NONE)).forEach(other => { other.checked &&= !box.checked; });
        this.keep();
      };
    });
    list.previousElementSibling?.remove();
    list.replaceWith(h("fieldset", {className: "wc-ticks"}, h("legend", {}, TICK[0], " ", h("small", {}, TICK[1])),
      ...boxes.map((box, n) => h("label", {}, box, h("span", {}, texts[n])))));
    return boxes;
  }

  get ticked() {
    const values = this.pieces.filter(box => box.checked).map(box => box.value);
    return values.includes(NONE) ? "none" : values.join(";") || "shown";
  }

  // A document: opened when its link is followed, or its note looked at for a moment; only then it can be cited.
  shelve(cite, names) {
    const name = cite.querySelector(".wc-where").textContent;
    const link = cite.querySelector("a");
    const whole = [link?.textContent, name].filter(Boolean).join(", ");
    names.set(whole, (names.get(whole) ?? 0) + 1);
    const nth = names.get(whole) > 1 ? ` (${names.get(whole)})` : "";
    const box = h("input", {type: "checkbox", onchange: () => this.keep(), "aria-label": `I cite this: ${whole}${nth}`});
    const label = h("label", {className: "wc-tick", hidden: true}, box, " I cite this");
    const open = () => { label.hidden = false; cite.classList.add("wc-opened"); };
    let later = 0;
    const look = () => { clearTimeout(later); later = setTimeout(open, LOOK); };
    const leave = () => clearTimeout(later);
    if (link) link.addEventListener("click", open);
    for (const [start, end] of [["mouseenter", "mouseleave"], ["focus", "blur"]]) {
      link?.addEventListener(start, look);
      link?.addEventListener(end, leave);
    }
    if (!link) open();
    cite.append(" ", label);
    if (link?.hash) this.unfold(cite, link);
    Object.assign(cite, {wcBox: box, wcName: name, wcOpen: open});
  }

  // A number's note opens below it: who reads stays where the question is.
  unfold(cite, link) {
    const note = document.getElementById(link.hash.slice(1))?.cloneNode(true);
    if (!note) return;
    all("[id]", note).forEach(part => part.removeAttribute("id"));
    all(".still-back", note).forEach(part => part.remove());
    const shown = h("div", {className: "wc-note", id: unique("note"), hidden: true}, ...note.childNodes);
    cite.append(shown);
    link.setAttribute("aria-expanded", "false");
    link.setAttribute("aria-controls", shown.id);
    link.addEventListener("click", event => {
      event.preventDefault();
      event.stopPropagation();  // nor does the page's own card of the note stand before it
      document.querySelector(".still-pop:popover-open")?.hidePopover();
      shown.hidden = !shown.hidden;
      link.setAttribute("aria-expanded", String(!shown.hidden));
    });
  }

  begin(occasion) {
    this.row.occasion = occasion;
    this.fill(this.store.show(this.row, {place: this.element.id, go: () => this.go()}));
  }

  // Come to this question, from the desk.
  go() {
    this.come?.();
    if (this.open) this.head.focus();
    else this.guess.focus();
  }

  get cited() {
    return this.reveal ? all("wc-cite", this.reveal).filter(cite => cite.wcBox.checked) : [];
  }

  keep() {
    this.fault.textContent = "";
    this.store.put(this.row, {
      answer: this.guess.value,
      confidence: this.sure?.value ?? "",
      reason: this.reason.value.trim(),
      pieces: this.open ? this.ticked : "",
      evidence: this.cited.map(cite => cite.wcName).join(" ; "),
      evidence_id: this.cited.map(cite => cite.dataset.id).join(";"),
    });
  }

  // As a saved file has it.
  fill(row) {
    if (!row) return;
    this.guess.fill(row.answer);
    this.sure?.fill(row.confidence);
    this.reason.value = row.reason;
    if (!this.reveal) return;
    const [pieces, cited] = [listed(row.pieces), listed(row.evidence_id)];
    this.pieces.forEach(box => { box.checked = pieces.includes(box.value) || (box.value === NONE && row.pieces === "none"); });
    for (const cite of all("wc-cite", this.reveal)) {
      cite.wcBox.checked = cited.includes(cite.dataset.id);
      if (cite.wcBox.checked) cite.wcOpen();
    }
    this.turn(Boolean(row.pieces && row.answer));
  }

  show() {
    this.guess.take?.();
    const doubt = this.guess.doubt;
    const wanting = !this.guess.value ? [this.guess, this.guess.ask]
      : this.sure && !this.sure.value ? [this.sure, "Say how sure you are as well, from 50 to 100."]
      : doubt ? [this.guess, doubt]
      : null;
    if (wanting) {
      wanting[0].focus();
      this.fault.textContent = wanting[1];
      return;
    }
    this.turn(true);
    this.keep();
    this.head.focus();
  }

  // Shown, the guess is a sentence and stands as it was.
  turn(open) {
    this.open = open;
    this.reveal.hidden = !open;
    this.form.hidden = open;
    spare();
    if (!open) return;
    const sure = this.sure?.value ? `, ${this.sure.value}\u00a0% sure` : "";
    const {said} = this.guess;
    this.yours.replaceChildren(h("strong", {}, "Your guess: "), ...(said.tagName ? [said] : [`${said}${sure}.`]));
    if (this.reason.value) this.yours.append(" ", h("q", {dir: "auto"}, this.reason.value.trim()));
  }

  count() {
    if (!this.store.desks || !this.reveal) return;
    const {answered, rows} = this.store;
    this.counted.replaceChildren(h("a", {href: `#${this.store.place}`}, `Your answers: ${answered} of ${rows.length}`),
      this.store.changed.size ? ", not saved yet" : "");
  }
}
