(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const article = document.getElementById("article");
  const records = document.getElementById("records");
  const live = document.querySelector(".live");
  const segments = all("a.s");
  const quotes = all(".q");
  const cards = all(".card");
  const numbers = (element) => element.dataset.c.split(" ");
  const group = (elements) => {
    const by = new Map();
    for (const element of elements) for (const n of numbers(element)) by.set(n, [...(by.get(n) || []), element]);
    return by;
  };
  const segmentsOf = group(segments);
  const quotesOf = group(quotes);
  const slotOf = (card) => card.closest(".group").className.match(/\bk(\w)\b/)[1];
  const isNarrow = () => getComputedStyle(document.querySelector(".views")).display !== "none";
  root.classList.add("js");
  root.dataset.view = "article";

  let lit = [];
  const dim = () => {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
  };
  const mark = (element, name) => {
    element.classList.add(name);
    lit.push([element, name]);
  };
  const lightQuote = (quote) => {
    const name = (quote.classList.contains("extent") ? "in" : "on") + slotOf(quote.closest(".card"));
    for (const n of numbers(quote)) for (const segment of segmentsOf.get(n) || []) mark(segment, name);
    mark(quote, "on");
  };
  const lightCard = (card) => {
    dim();
    for (const quote of all(".q", card)) lightQuote(quote);
    mark(card, "on");
  };
  const lightSegment = (segment) => {
    dim();
    for (const n of numbers(segment)) {
      for (const quote of quotesOf.get(n) || []) {
        lightQuote(quote);
        mark(quote.closest(".card"), "on");
      }
    }
  };

  const show = (view) => {
    root.dataset.view = view;
    for (const button of all(".views button")) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  };
  for (const button of all(".views button")) button.addEventListener("click", () => { show(button.dataset.view); scrollTo(0, 0); });

  let back = null;
  const goToText = (quote) => {
    const segment = (segmentsOf.get(numbers(quote)[0]) || [])[0];
    if (!segment) return;
    back = quote;
    show("article");
    const fold = segment.closest("details");
    if (fold) fold.open = true;
    segment.scrollIntoView({ block: "center" });
    focusSegment(segment);
    dim();
    lightQuote(quote);
    mark(quote.closest(".card"), "on");
  };
  const goToCard = (card, quote) => {
    card.hidden = false;
    card.closest(".group").hidden = false;
    show("records");
    card.scrollIntoView({ block: isNarrow() ? "start" : "nearest" });
    (quote || card).focus({ preventScroll: true });
  };
  let stop = null;
  const focusSegment = (segment) => {
    if (stop) stop.tabIndex = -1;
    stop = segment;
    segment.tabIndex = 0;
    segment.focus({ preventScroll: true });
  };
  if (segments.length) { stop = segments[0]; stop.tabIndex = 0; }

  for (const quote of quotes) {
    quote.addEventListener("click", (event) => { event.preventDefault(); goToText(quote); });
  }
  for (const card of cards) {
    card.addEventListener("mouseenter", () => lightCard(card));
    card.addEventListener("mouseleave", dim);
    card.addEventListener("focusin", (event) => {
      lightCard(card);
      if (event.target.classList.contains("q")) { dim(); lightQuote(event.target); mark(card, "on"); }
    });
  }
  let last = null;
  let turn = 0;
  for (const segment of segments) {
    segment.addEventListener("mouseenter", () => lightSegment(segment));
    segment.addEventListener("mouseleave", dim);
    segment.addEventListener("focus", () => lightSegment(segment));
    segment.addEventListener("click", (event) => {
      event.preventDefault();
      const cited = numbers(segment).flatMap((n) => quotesOf.get(n) || []).filter((q) => !off.has(slotOf(q.closest(".card"))));
      if (!cited.length) return;
      turn = segment === last ? (turn + 1) % cited.length : 0;
      last = segment;
      goToCard(cited[turn].closest(".card"), cited[turn]);
      live.textContent = `record ${turn + 1} of ${cited.length} that cite these words`;
    });
  }
  for (const link of all("a.ref, .flag a")) {
    link.addEventListener("click", (event) => {
      const card = document.getElementById(link.getAttribute("href").slice(1));
      if (!card) return;
      event.preventDefault();
      goToCard(card);
    });
  }

  const off = new Set();
  const words = new Map(cards.map((card) => [card, card.textContent.toLowerCase()]));
  const field = document.querySelector(".find input");
  const sift = () => {
    const wanted = field.value.trim().toLowerCase();
    for (const part of all(".group")) {
      const held = all(".card", part);
      for (const card of held) card.hidden = wanted !== "" && !words.get(card).includes(wanted);
      const button = all(".kind").find((each) => each.dataset.kind === part.dataset.group);
      const isOff = button.getAttribute("aria-pressed") === "false";
      part.hidden = isOff || (wanted !== "" && held.every((card) => card.hidden));
    }
  };
  field.addEventListener("input", sift);
  for (const button of all(".kind")) {
    button.addEventListener("click", () => {
      const isOn = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!isOn));
      off.clear();
      const shown = new Set(all('.kind[aria-pressed="true"]').map((each) => each.dataset.slot));
      for (const each of all(".kind")) if (!shown.has(each.dataset.slot)) off.add(each.dataset.slot);
      root.dataset.off = [...off].join(" ");
      sift();
    });
  }

  document.querySelector("[data-theme-button]").addEventListener("click", () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
  });

  const step = (list, from, by) => list[Math.min(list.length - 1, Math.max(0, list.indexOf(from) + by))];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = document.activeElement;
    if (at === field) {
      if (event.key === "Escape") { field.value = ""; sift(); field.blur(); }
      return;
    }
    if (event.key === "j" || event.key === "k") {
      const seen = cards.filter((card) => !card.hidden && !card.closest(".group").hidden);
      const here = at.closest(".card");
      const card = here && seen.includes(here) ? step(seen, here, event.key === "j" ? 1 : -1) : seen[0];
      if (card) goToCard(card);
      event.preventDefault();
    } else if (event.key === "/") {
      show("records");
      field.focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      dim();
      if (back && article.contains(at)) goToCard(back.closest(".card"), back);
    } else if (at.classList.contains("s") && ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"].includes(event.key)) {
      const next = step(segments, at, event.key === "ArrowRight" || event.key === "ArrowDown" ? 1 : -1);
      const fold = next.closest("details");
      if (fold) fold.open = true;
      focusSegment(next);
      next.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (at.classList.contains("card") && event.key === "Enter") {
      const quote = at.querySelector(".q");
      if (quote) goToText(quote);
    }
  });
})();
