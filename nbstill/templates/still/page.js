(() => {
  "use strict";
  const all = (css, root = document) => [...root.querySelectorAll(css)];
  const slug = text => text.trim().toLowerCase().replace(/\s+/g, "-");
  const make = (tag, props, ...inside) => {
    const e = Object.assign(document.createElement(tag), props);
    e.append(...inside);
    return e;
  };

  // Controls: every view is in the page, each line of it once.
  const unpack = async node => {
    const bytes = Uint8Array.from(atob(node.textContent), c => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
  };

  const control = box => {
    const form = box.querySelector("form"), out = box.querySelector(".wc-view"), spec = JSON.parse(form.dataset.controls);
    const states = box.querySelector("table.states"), said = box.querySelector("[role=status]"), data = box.querySelector("script");
    let views, turn = 0;
    const at = () => { const d = new FormData(form); return spec.map(([key]) => +(d.get(key) || 0)); };
    const label = () => at().forEach((i, k) => {
      const [key, name, labels] = spec[k], input = form.elements.namedItem(key);
      if (input.type === "range") {
        input.setAttribute("aria-valuetext", labels[i]);
        input.nextElementSibling.textContent = labels[i];
      }
      states.tBodies[0].rows[k].cells[1].textContent = labels[i];
    });
    const draw = async () => {
      const now = at(), mine = ++turn;
      label();
      const [lines, rows] = await (views ??= unpack(data));
      const parts = rows[now.reduce((n, i, k) => n * spec[k][2].length + i, 0)].map(p => p.map(i => lines[i]).join("\n"));
      const next = make("div", {innerHTML: parts.map((p, i) => i % 2 ? "data:image/svg+xml," + encodeURIComponent(p) : p).join("")});
      await Promise.all(all("img", next).map(image => image.decode().catch(() => {})));  // no blank frame
      if (mine !== turn) return;  // a later move has overtaken this one
      all("details", out).forEach((old, i) => { const d = all("details", next)[i]; if (d) d.open = old.open; });
      out.replaceChildren(...next.childNodes);
      takeaways(out);
      said.textContent = spec.map(([, name, labels], k) => `${name}: ${labels[now[k]]}`).join(". ") + ".";
    };
    form.reset();
    const home = at();
    form.addEventListener("submit", e => e.preventDefault());
    form.addEventListener("input", () => { draw(); write(); });
    form.addEventListener("focusin", () => { views ??= unpack(data); }, {once: true});
    const set = wanted => {
      const before = at().join();
      spec.forEach(([key, , labels], k) => {
        const found = labels.findIndex(text => slug(text) === slug(wanted.get(key) ?? "\0"));
        const i = found < 0 ? home[k] : found, input = form.elements.namedItem(key);
        if (input.type === "checkbox") input.checked = i > 0; else input.value = i;
      });
      if (at().join() !== before) draw();
      return spec.some(([key]) => wanted.has(key)) && box;
    };
    const changed = () => at().flatMap((i, k) => i === home[k] ? [] : [[spec[k][0], slug(spec[k][2][i])]]);
    return {set, changed};
  };

  const boxes = "DecompressionStream" in window
    ? all(".wc-control").filter(box => box.querySelector(":scope > script")).map(control) : [];
  document.documentElement.classList.toggle("js", "DecompressionStream" in window);

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
  const unfold = () => {
    const place = document.querySelector(":target") || document.getElementById(location.hash.slice(1));
    if (!place) return;
    let shut = false;
    for (let d = place.closest("details"); d; d = d.parentElement.closest("details")) { shut ||= !d.open; d.open = true; }
    if (shut) place.scrollIntoView();
  };

  // Notes that only stored views ask for are stored as well.
  const notes = document.querySelector(".wc-notes"), stored = notes?.querySelector("script");
  if (boxes.length && stored) unpack(stored).then(([lines, rows]) => {
    const items = rows.map(([part]) => part.map(i => lines[i]).join("\n"));
    notes.querySelector("ol").insertAdjacentHTML("beforeend", items.join(""));
    unfold();
  });

  // A number's note as a small card, on hover and on focus; the note itself stands at the end of the page.
  const card = make("div", {className: "wc-pop", popover: "manual"});
  card.setAttribute("aria-hidden", "true");
  let shownFor = null, later = 0;
  const hide = () => { shownFor = null; if (card.matches(":popover-open")) card.hidePopover(); };
  const show = link => {
    clearTimeout(later);
    const note = document.getElementById(link.hash.slice(1)), head = note?.closest("details")?.querySelector("summary");
    if (!head || shownFor === link) return;
    card.replaceChildren(make("p", {className: "wc-big", textContent: head.firstChild.textContent}), ...note.cloneNode(true).childNodes);
    all("[id]", card).forEach(e => e.removeAttribute("id"));
    all("a, [tabindex]", card).forEach(e => { e.tabIndex = -1; });
    card.showPopover();
    shownFor = link;
    const at = link.getClientRects()[0], main = document.getElementById("page").getBoundingClientRect();
    const right = Math.min(main.left + 688, innerWidth), wide = innerWidth - right > card.offsetWidth + 16;
    const left = wide ? right : Math.max(8, Math.min(at.left, innerWidth - card.offsetWidth - 8));
    const below = wide ? at.top - 8 : at.bottom + 6;
    const top = below + card.offsetHeight > innerHeight ? (wide ? innerHeight - card.offsetHeight - 8 : at.top - card.offsetHeight - 6) : below;
    Object.assign(card.style, {left: left + "px", top: Math.max(8, top) + "px"});
  };
  const beside = block => {  // on a wide screen, where each number of a paragraph comes from
    const seen = new Map(all("a.wc-ref", block).map(link => [link.hash, link]).reverse());
    const lines = [...seen.values()].reverse().map(link => {
      const note = document.getElementById(link.hash.slice(1)), from = note?.querySelector(".wc-working code") || note?.closest("details").querySelector("summary small");
      return from && make("span", {}, make("b", {textContent: link.textContent}), " ", from.textContent);
    }).filter(Boolean);
    if (!lines.length) return;
    const side = make("p", {className: "wc-side"}, ...lines);
    side.setAttribute("aria-hidden", "true");
    block.before(side);
  };
  all("#page > :is(p, ul, ol, blockquote)").forEach(beside);

  if ("showPopover" in card && notes) {
    document.body.append(card);
    const linkOf = e => e.target.closest?.("a.wc-ref");
    document.addEventListener("mouseover", e => {
      if (linkOf(e) && !card.contains(e.target)) show(linkOf(e));
      else if (card.contains(e.target)) clearTimeout(later);
    });
    document.addEventListener("mouseout", e => { if (linkOf(e) || card.contains(e.target)) { clearTimeout(later); later = setTimeout(hide, 250); } });
    document.addEventListener("focusin", e => linkOf(e) ? show(linkOf(e)) : hide());
    document.addEventListener("keydown", e => { if (e.key === "Escape") hide(); });
    addEventListener("scroll", hide, {passive: true});
    document.addEventListener("click", e => {  // a finger has no hover: the first touch shows, the second goes there
      const link = linkOf(e);
      if (link && matchMedia("(hover: none)").matches && link !== touched) { e.preventDefault(); show(link); touched = link; }
      else { touched = null; if (!card.contains(e.target)) hide(); }
    });
    let touched = null;
  }

  // Charts, tables and citations to take away, made from what the page shows.
  const title = document.title, told = make("p", {className: "hidden"});
  told.setAttribute("role", "status");
  const save = (blob, ending, n) => {
    const link = make("a", {href: URL.createObjectURL(blob), download: `${slug(title).replace(/[^\p{L}\p{N}-]/gu, "").slice(0, 60)}-${n}.${ending}`});
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1e4);
  };
  const svgOf = image => {
    const [head, body] = [image.src.slice(0, image.src.indexOf(",")), image.src.slice(image.src.indexOf(",") + 1)];
    if (!head.startsWith("data:image/svg")) return null;
    const text = head.endsWith("base64") ? atob(body) : decodeURIComponent(body);
    const title = text.includes("<title>") ? "" : `<title>${image.alt.replace(/[&<]/g, c => c === "&" ? "&amp;" : "&lt;")}</title>`;
    return text.replaceAll("<use href=", "<use xlink:href=").replace(/<svg[^>]*>/, head => head + title);  // as drawing programs know it
  };
  const png = image => new Promise(done => {
    const canvas = make("canvas", {width: image.naturalWidth * 2, height: image.naturalHeight * 2}), pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done);
  });
  const csv = table => [...table.rows].map(row => [...row.cells].flatMap(cell => {
    let text = cell.textContent.trim().replace(/\s+/g, " ");
    if (/^[=+\-@]/.test(text) && isNaN(text)) text = "'" + text;  // a spreadsheet must not run it
    return [/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text, ...Array(cell.colSpan - 1).fill("")];
  }).join(",")).join("\n") + "\n";
  const cite = (words, box) => {
    const view = box?.querySelector("[role=status]").textContent;
    return [words.replace(/\s+/g, " ").trim().replace(/\.$/, ""), view && view.replace(/\.$/, ""), title].filter(Boolean).join(". ") + ".";
  };
  const copy = async text => {
    try { await navigator.clipboard.writeText(text); told.textContent = "Citation copied."; }
    catch { prompt("Copy the citation:", text); }
  };
  const button = (text, name, onclick) => {
    const b = make("button", {type: "button", textContent: text, onclick});
    b.setAttribute("aria-label", name);
    return b;
  };
  const takeaways = root => {
    all("figure", root).filter(f => f.querySelector("img")).forEach((figure, n) => {
      const image = figure.querySelector("img"), words = figure.querySelector("figcaption")?.textContent.replace(/; and \d+ more(?=\S)/, "; ") || image.alt, box = figure.closest(".wc-control");
      const bar = make("p", {className: "wc-take"});
      if (svgOf(image)) bar.append(button("SVG", "Save this chart as SVG", () => save(new Blob([svgOf(image)], {type: "image/svg+xml"}), "svg", n + 1)));
      bar.append(button("PNG", "Save this chart as PNG", async () => save(await png(image), "png", n + 1)), button("Cite", "Copy a citation of this chart", () => copy(cite(words, box))));
      figure.append(bar);
    });
    all(".wide > table", root).forEach((table, n) => {
      const words = table.caption?.textContent || "Table", box = table.closest(".wc-control");
      table.parentElement.after(make("p", {className: "wc-take"},
        button("CSV", "Save this table as CSV", () => save(new Blob(["\ufeff" + csv(table)], {type: "text/csv"}), "csv", n + 1)),
        button("Cite", "Copy a citation of this table", () => copy(cite(words, box)))));
    });
  };

  takeaways(document.getElementById("page"));
  document.body.append(told);
  addEventListener("hashchange", () => { read(); unfold(); });
  document.addEventListener("click", e => { if (!e.defaultPrevented && e.target.closest?.("a[href^='#']")) setTimeout(unfold); });
  addEventListener("beforeprint", () => {  // on paper a link is a number, and every note stands open
    const folds = all(".wc-notes details"), items = folds.map(d => d.lastElementChild.id);
    all("a.wc-ref").forEach(link => { link.dataset.note = items.indexOf(link.hash.slice(1)) + 1; });
    folds.filter(d => !d.open).forEach(d => { d.open = true; addEventListener("afterprint", () => { d.open = false; }, {once: true}); });
  });
  read();
  unfold();
})();
