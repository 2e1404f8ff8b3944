// How a guess is made, a kind of question each: .node, .value (as the file has it, empty where there is none), .fill(value),
// .focus(), .said (in words), .ask (what to do first where there is no guess).

const JUDGED = "Is the number supported for this use?";

const choice = (element, onchange) => {
  const options = all(".wc-options li", element).map(item => item.textContent);
  const legend = element.querySelector(".wc-use") ? JUDGED : "Your guess";
  const group = radios(legend, options.map(text => [text, text]), onchange, "wc-choice");
  return Object.defineProperties(group, {said: {get: () => group.value}, ask: {value: "Choose an answer first. A guess is enough."}});
};

const grouped = text => Number(text).toLocaleString("en", {maximumFractionDigits: 9});

const number = (element, onchange) => {
  const {unit, most, step} = element.dataset;
  const amount = text => Number(text) === 1 ? "1" : `${grouped(text)} ${unit}`;
  let beyond = "";
  const slider = h("input", {type: "range", min: 0, max: most, step, value: 0, "aria-label": "Slide", "aria-valuetext": "no guess yet"});
  const field = h("input", {type: "text", inputMode: "decimal", size: 12, maxLength: 20, autocomplete: "off"});
  const given = () => digitsOf(field.value);
  const shown = () => slider.setAttribute("aria-valuetext", given() ? `${grouped(given())} ${unit}` : "no guess yet");
  slider.oninput = () => { field.value = slider.value; shown(); onchange(); };
  field.oninput = () => { slider.value = given() || 0; shown(); onchange(); };
  const ends = h("p", {className: "wc-ends", "aria-hidden": "true"}, h("span", {}, "0"), h("span", {}, grouped(most)));
  return {
    node: h("fieldset", {className: "wc-number-guess"}, h("legend", {}, `Your guess, in ${unit}`), slider, ends, labelled("or type it", field)),
    get value() { return given(); },
    get said() { return amount(given()); },
    // A number off the slider may be meant: it is asked once.
    get doubt() {
      const off = given() && (Number(given()) < 0 || Number(given()) > Number(most)) && beyond !== given();
      beyond = given();
      return off ? `${grouped(given())} is off the line, which goes from 0 to ${grouped(most)}. If you mean it, press again.` : "";
    },
    ask: "Slide or type a number first, in digits. A guess is enough.",
    fill(value) { field.value = value; slider.value = given() || 0; shown(); },
    focus() { field.focus(); },
  };
};

const order = (element, onchange) => {
  const texts = all(".wc-options li", element).map(item => item.textContent);
  const told = h("p", {className: "wc-hidden", role: "status"});
  const list = h("ol", {className: "wc-order"});
  let touched = false;
  const items = () => [...list.children];
  const mark = () => items().forEach((item, n) => {
    const [up, down] = all("button", item);
    [up.disabled, down.disabled] = [n === 0, n === texts.length - 1];
  });
  const move = (item, by) => {
    const other = items()[items().indexOf(item) + by];
    if (by < 0) other.before(item);
    else other.after(item);
    mark();
    const [up, down] = all("button", item);
    const next = by < 0 ? up : down;
    (next.disabled ? (by < 0 ? down : up) : next).focus();
    told.textContent = `${item.dataset.text}: now ${items().indexOf(item) + 1} of ${texts.length}`;
    touched = true;
    onchange();
  };
  const draw = given => {
    list.replaceChildren(...given.map(text => {
      const item = h("li", {}, h("span", {}, text));
      item.dataset.text = text;
      item.append(button("↑", () => move(item, -1), {"aria-label": `Move up: ${text}`}),
        button("↓", () => move(item, 1), {"aria-label": `Move down: ${text}`}));
      return item;
    }));
    mark();
  };
  draw(texts);
  return {
    node: h("fieldset", {className: "wc-order-guess"}, h("legend", {}, "Put them in order"), list, told),
    get value() { return touched ? items().map(item => item.dataset.text).join("|") : ""; },
    get said() { return h("ol", {}, ...items().map(item => h("li", {}, item.dataset.text))); },
    ask: "",
    fill(value) {
      const given = value.split("|");
      touched = [...given].sort().join("|") === [...texts].sort().join("|");
      draw(touched ? given : texts);
    },
    take() { touched = true; },
    focus() { all("button:enabled", list)[0].focus(); },
  };
};

const GRADES = [
  ["The source:", "A reliable, to E not; F cannot judge"],
  ["The information:", "1 confirmed, to 5 unlikely; 6 cannot judge"],
];

const twoGrades = (element, onchange) => {
  const lists = all(".wc-options", element).map(list => all("li", list).map(item => item.textContent));
  const groups = lists.map((grades, n) => {
    const legend = [GRADES[n][0], " ", h("small", {}, GRADES[n][1])];
    return radios(legend, grades.map(grade => [grade, grade]), onchange, "wc-steps");
  });
  return {
    node: h("div", {className: "wc-two"}, ...groups.map(group => group.node)),
    get value() { return groups.every(group => group.value) ? groups.map(group => group.value).join("") : ""; },
    get said() { return `${groups[0].value} for the source, ${groups[1].value} for the information`; },
    ask: "Give both grades first, one for the source and one for the information.",
    fill(value) { groups.forEach((group, n) => group.fill(value[n] ?? "")); },
    focus() { (groups.find(group => !group.value) ?? groups[0]).focus(); },
  };
};

const KINDS = {choice, number, order, "two-grades": twoGrades};
