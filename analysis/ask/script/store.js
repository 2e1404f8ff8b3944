// What will be handed in: one store a case, whatever questions and desks of it stand on the page. Nothing is kept elsewhere.

const stores = new Map();
const keyOf = row => JSON.stringify([row.occasion, row.question_id]);

class Store {
  constructor(name, version) {
    Object.assign(this, {name, version, code: "", typed: "", owner: "", waiting: false, shown: new Map(), rows: [], changed: new Set(), watchers: [], desks: 0});
  }

  // A question is shown: it has a row from now on, blank until it is answered. It goes on from a row of an opened file.
  // asked: {place, go}: the id of its element, and how one comes to it.
  show(row, asked) {
    const known = this.find(row);
    this.shown.set(keyOf(row), asked);
    if (!known) this.rows.push({...Object.fromEntries(COLUMNS.map(c => [c, ""])), ...row, case: this.name, version: this.version});
    this.tell();
    return known;
  }

  find(row) {
    return this.rows.find(one => keyOf(one) === keyOf(row));
  }

  put(row, given) {
    const known = this.find(row);
    if (Object.entries(given).every(([c, value]) => known[c] === value)) return;
    Object.assign(known, given, {case: this.name, version: this.version});
    this.changed.add(keyOf(row));
    this.tell();
  }

  set(code) {
    this.typed = code;
    this.code = typedCode(code);
    this.tell();
  }

  // What to ask where the answers here are another student's than the code says; else nothing.
  get strange() {
    if (!this.owner || !this.code || this.owner === this.code) return "";
    return `These answers are ${this.owner}’s, and the code here is ${this.code}.`;
  }

  // Rows of a saved file come before what this page shows; what was answered here since stays. Returns how many stayed.
  take(rows) {
    const own = new Map(this.rows.map(row => [keyOf(row), row]));
    const stays = row => this.changed.has(keyOf(row)) && own.get(keyOf(row))?.answer;
    const stayed = rows.filter(row => stays(row) && row.answer && row.answer !== own.get(keyOf(row)).answer).length;
    const taken = rows.map(row => stays(row) ? own.get(keyOf(row)) : row);
    const keys = new Set(taken.map(keyOf));
    this.rows = [...taken, ...this.rows.filter(row => !keys.has(keyOf(row)))];
    this.watchers.forEach(watch => watch.opened?.());
    this.tell();
    return stayed;
  }

  saved() {
    this.owner = this.code;
    this.changed.clear();
    this.tell();
  }

  get text() {
    return textOf(this.rows.map(row => ({...row, code: this.code})));
  }

  get answered() {
    return this.rows.filter(row => row.answer).length;
  }

  get said() {
    if (!this.rows.length) return "Nothing to hand in yet";
    const count = `${this.answered} of ${this.rows.length} answered`;
    return this.changed.size ? `${count}, not saved yet` : count;
  }

  watch(watcher) {
    this.watchers.push(watcher);
  }

  tell() {
    this.watchers.forEach(watch => watch.told?.());
  }
}

const storeOf = element => {
  const {case: name, version} = element.dataset;
  if (!stores.has(name)) stores.set(name, new Store(name, version));
  return stores.get(name);
};

// Leaving or loading anew warns where there is something to lose, and a desk at which it could have been saved.
addEventListener("beforeunload", event => {
  if ([...stores.values()].some(store => store.desks && store.changed.size)) event.preventDefault();
});
