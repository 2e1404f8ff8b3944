// One question: a guess, how sure, and why; then, in practice, the numbers and the reason.

const SURE = [["How sure are you? ", "50 is a coin’s toss, 100 is certain"], CONFIDENCE.map(step => [step, step])];
const LOOK = 900;  // milliseconds that a note is looked at before it counts as opened

// A note that only documents not yet revealed ask for would tell too early: it is not listed until one of them is.
const spare = () => all(".still-notes li").forEach(note => {
  const links = all(".still-back a", note).map(back => document.getElementById(back.getAttribute("href").slice(1)));
  note.classList.toggle("wc-early", links.length > 0 && links.every(link => link?.closest("wc-ask .wc-revealed[hidden]")));
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
    this.sure = element.dataset.sure ? radios([SURE[0][0], h("small", {}, SURE[0][1])], SURE[1], () => this.keep(), "wc-steps") : null;
    this.reason = h("textarea", {rows: 2, maxLength: 1000, placeholder: " ", oninput: () => this.keep()});
    this.fault = h("p", {className: "wc-fault", role: "alert"});
    this.form = h("form", {className: "wc-guess", autocomplete: "off", noValidate: true, "aria-labelledby": named.map(part => part.id).join(" ")},
      this.guess.node, ...(this.sure ? [this.sure.node] : []), labelled("Why?", this.reason, "In a few words of your own; may stay empty"), this.fault);
    this.form.append(element.querySelector(".wc-ruled"));
    this.form.onsubmit = event => {
      event.preventDefault();
      if (this.reveal) this.show();
    };
    all(":scope > ul, :scope > p:not([class]), :scope > .wc-options", element).forEach(part => part.remove());
    element.insertBefore(this.form, this.reveal);
    this.counted = h("p", {className: "wc-tally"});
    if (this.reveal) {
      this.form.append(h("button", {type: "submit", className: "wc-go", textContent: this.reveal.querySelector("summary").textContent}));
      this.dress();
      element.append(this.counted);
    }
  }

  // The fold becomes a part of the question that stays hidden until there is a guess.
  dress() {
    this.head = h("p", {className: "wc-head", tabIndex: -1}, "The numbers and the reason");
    this.yours = h("p", {className: "wc-yours"});
    const part = h("div", {className: "wc-revealed", hidden: true}, this.head, this.yours);
    part.append(...[...this.reveal.childNodes].slice(1));
    this.reveal.replaceWith(part);
    this.reveal = part;
    this.pieces = this.ticks(".wc-pieces", "Which of these did you have?", item => item.textContent.trim());
    all("wc-cite", part).forEach(cite => this.shelve(cite));
    if (all("wc-cite", part).length) part.append(h("p", {className: "wc-hint"}, "Open a document to read it. Then you can tick it as one that you cite."));
  }

  ticks(css, legend) {
    const list = this.reveal.querySelector(css);
    if (!list) return [];
    const boxes = all("li", list).map(item => {
      const box = h("input", {type: "checkbox", value: item.textContent.trim(), onchange: () => this.keep()});
      return [box, h("label", {}, box, h("span", {}, item.textContent))];
    });
    list.previousElementSibling?.remove();
    list.replaceWith(h("fieldset", {className: "wc-ticks"}, h("legend", {}, legend), ...boxes.map(([, label]) => label)));
    return boxes.map(([box]) => box);
  }

  // A document: opened when its link is followed, or its note looked at for a moment; only then it can be cited.
  shelve(cite) {
    const name = cite.querySelector(".wc-where").textContent;
    const box = h("input", {type: "checkbox", onchange: () => this.keep()});
    const label = h("label", {className: "wc-tick", hidden: true}, box, " I cite this", h("span", {className: "wc-hidden"}, `: ${name}`));
    const link = cite.querySelector("a");
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
    Object.assign(cite, {wcBox: box, wcName: name, wcOpen: open});
  }

  begin(occasion) {
    this.row.occasion = occasion;
    this.fill(this.store.show(this.row));
  }

  get cited() {
    return this.reveal ? all("wc-cite", this.reveal).filter(cite => cite.wcBox.checked) : [];
  }

  keep() {
    const ticked = this.open ? this.pieces.filter(box => box.checked).map(box => box.value).join(";") || "none" : "";
    this.fault.textContent = "";
    this.store.put(this.row, {
      answer: this.guess.value,
      confidence: this.sure?.value ?? "",
      reason: this.reason.value.trim(),
      pieces: ticked,
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
    this.pieces.forEach(box => { box.checked = pieces.includes(box.value); });
    for (const cite of all("wc-cite", this.reveal)) {
      cite.wcBox.checked = cited.includes(cite.dataset.id);
      if (cite.wcBox.checked) cite.wcOpen();
    }
    this.turn(Boolean(row.pieces && row.answer));
  }

  show() {
    this.guess.take?.();
    const wanting = !this.guess.value ? [this.guess, this.guess.ask]
      : this.sure && !this.sure.value ? [this.sure, "Say how sure you are as well, from 50 to 100."]
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
    this.yours.replaceChildren(h("strong", {}, "Your guess: "), `${this.guess.said}${sure}.`);
    if (this.reason.value) this.yours.append(" ", h("q", {dir: "auto"}, this.reason.value.trim()));
  }

  count() {
    if (!this.store.desks || !this.reveal) return;
    const {answered, rows} = this.store;
    this.counted.replaceChildren(h("a", {href: `#${this.store.place}`}, `Your answers: ${answered} of ${rows.length}`),
      this.store.changed.size ? ", not saved yet" : "");
  }
}
