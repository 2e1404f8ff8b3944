// A test: the form that the code's seat and the occasion say, an item at a time. Nothing is revealed here.

const OCCASIONS = [["before", "before the lessons"], ["after", "after them"], ["later", "two weeks later"]];
const TURNED = {0: ["pre", "post", "later"], 1: ["post", "later", "pre"], 2: ["later", "pre", "post"]};

const formOf = (code, occasion) => TURNED[Number(code.split("-")[1]) % 3][OCCASIONS.findIndex(([name]) => name === occasion)];

const takenBefore = (n, occasion) => `All ${n} answers of this test, ${OCCASIONS.find(([name]) => name === occasion)[1]}, are here already. ` +
  "Choose another time, or press Begin again to look at them.";

// The code, in a field that follows the store's and says what is wrong with what is typed.
const codeField = store => {
  const field = h("input", {type: "text", size: 12, maxLength: 12, autocomplete: "off", spellcheck: false, value: store.code || store.typed});
  const fault = h("p", {className: "wc-fault", role: "alert"});
  field.oninput = () => {
    fault.textContent = "";
    field.removeAttribute("aria-invalid");
    store.set(field.value);
  };
  field.onchange = () => { if (store.code) field.value = store.code; };
  store.watch({told: () => { if (document.activeElement !== field) field.value = store.code || store.typed; }});
  // Another student's answers are under this code: whose are they?
  const whose = () => {
    const settle = code => {
      [store.owner, store.code] = [code, code];
      fault.replaceChildren();
      field.removeAttribute("aria-invalid");
      store.tell();
      field.focus();
    };
    fault.replaceChildren(store.strange, " Start a new one?", h("span", {className: "wc-buttons"},
      button("Start a new one", () => location.reload()), button(`Go on as ${store.owner}`, () => settle(store.owner)),
      button(`They are mine: ${store.owner} was wrong`, () => settle(store.code))));
  };
  const wanting = () => {
    if (store.code && !store.strange) return false;
    if (store.code) whose();
    else fault.textContent = wantedCode(field.value);
    field.setAttribute("aria-invalid", "true");
    field.focus();
    return true;
  };
  return {node: h("div", {}, labelled("Your code:", field, "class and seat from your teacher’s list, such as 7B-14. No name."), fault), wanting};
};

class Quiz {
  constructor(element) {
    Object.assign(this, {element, store: storeOf(element), forms: all("wc-form", element), sure: ""});
    [...element.children].forEach(part => { part.hidden = true; });
    this.code = codeField(this.store);
    this.when = radios("When do you take this test?", OCCASIONS, () => { this.fault.textContent = ""; }, "wc-choice");
    this.fault = h("p", {className: "wc-fault", role: "alert"});
    this.begin = h("form", {className: "wc-guess", autocomplete: "off", noValidate: true, "aria-label": "Begin the test"},
      this.code.node, this.when.node, this.fault, h("button", {type: "submit", className: "wc-go", textContent: "Begin"}));
    this.begin.onsubmit = event => {
      event.preventDefault();
      this.start();
    };
    element.prepend(this.begin);
    Object.assign(this.store, {waiting: true, field: this.code});
  }

  start() {
    if (this.code.wanting()) return;
    if (!this.when.value) {
      this.when.focus();
      this.fault.textContent = "Say first when you take it.";
      return;
    }
    const taken = this.store.rows.filter(row => row.occasion === this.when.value && row.form !== "practice");
    if (taken.length && taken.every(row => row.answer) && this.sure !== this.when.value) {
      this.sure = this.when.value;
      this.fault.textContent = takenBefore(taken.length, this.when.value);
      return;
    }
    const wanted = taken[0]?.form || formOf(this.store.code, this.when.value);
    const form = this.forms.find(one => one.dataset.form === wanted);
    if (!form) {
      this.fault.textContent = "This page does not have the test that is yours.";
      return;
    }
    this.items = all("wc-ask", form).map(ask => ask.parentElement);
    const asks = this.items.map(item => new Ask(item.firstElementChild));
    asks.forEach((ask, n) => {
      ask.come = () => this.turn(n);
      ask.begin(this.when.value);
    });
    Object.assign(this.store, {waiting: false, field: null});
    this.frame(form);
    this.turn(Math.max(0, asks.findIndex(ask => !this.store.find(ask.row).answer)));
    this.store.tell();
  }

  frame(form) {
    const sheet = h("div", {className: "wc-sheet"}, this.items[0].parentElement);
    this.head = h("p", {className: "wc-head", tabIndex: -1});
    this.back = button("Back", once(() => this.turn(this.at - 1)));
    this.next = button("Next", once(() => this.at < this.items.length - 1 ? this.turn(this.at + 1) : this.end()), {className: "wc-go"});
    this.last = h("p", {className: "wc-hint", tabIndex: -1, hidden: true}, "That was the last one. ",
      ...(this.store.desks ? ["Look at ", h("a", {href: `#${this.store.place}`}, "your answers"), ", and save them before you leave."] : []));
    sheet.prepend(this.head);
    sheet.append(h("p", {className: "wc-buttons"}, this.back, this.next), this.last);
    form.replaceChildren(sheet);
    form.hidden = false;
    this.begin.hidden = true;
  }

  turn(at) {
    this.at = at;
    this.items.forEach((item, n) => { item.hidden = n !== at; });
    this.head.textContent = `${at + 1} of ${this.items.length}`;
    this.back.disabled = at === 0;
    this.last.hidden = true;
    this.head.focus();
  }

  end() {
    this.last.hidden = false;
    this.last.focus();
  }
}
