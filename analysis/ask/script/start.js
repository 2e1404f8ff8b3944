// What happens when the page is there. Desks first: a question says where they are.

all("wc-desk").forEach(element => attempt("A desk", () => new Desk(element)));
all("wc-ask").filter(element => !element.closest("wc-quiz")).forEach(element => attempt("A question", () => new Ask(element)));
all("wc-quiz").forEach(element => attempt("A test", () => new Quiz(element)));
attempt("The notes", spare);
stores.forEach(store => store.tell());
