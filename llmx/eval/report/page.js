"use strict";
// All text from outside is set with textContent or as a property: it never becomes markup.
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);
const el = (tag, props = {}, ...kids) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("aria-")) node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...kids);
  return node;
};
const svg = (tag, props = {}) => {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
  return node;
};
const fill = (select, values, all) => {
  if (all) select.append(el("option", { value: "", textContent: all }));
  for (const value of values) select.append(el("option", { value, textContent: value }));
};
const articles = new Map(data.articles.map((one) => [one.id, one]));
const runs = new Map(data.runs.map((one) => [one.name, one]));

// Sort a table by the column whose heading is pressed.
for (const table of document.querySelectorAll("table.sort")) {
  table.querySelectorAll("th").forEach((head, column) => {
    const button = el("button", { textContent: head.textContent, type: "button" });
    head.replaceChildren(button);
    let down = false;
    button.onclick = () => {
      down = !down;
      const body = table.tBodies[0];
      const key = (row) => {
        const text = row.cells[column].dataset.v ?? row.cells[column].textContent.trim();
        const number = parseFloat(text);
        return Number.isNaN(number) ? text : number;
      };
      const rows = [...body.rows].sort((a, b) => {
        const [one, two] = [key(a), key(b)];
        if (typeof one === typeof two) return one < two ? -1 : one > two ? 1 : 0;
        return typeof one === "number" ? -1 : 1;
      });
      body.append(...(down ? rows.reverse() : rows));
    };
  });
}

// Errors, filtered; a hundred at a time.
const errors = [];
for (const run of data.runs)
  for (const [id, rows] of Object.entries(run.mistakes)) for (const row of rows) errors.push({ run: run.name, id, ...row });
const distinct = (key) => [...new Set(errors.map((one) => one[key]))].sort();
fill(byId("e-run"), [...runs.keys()], data.runs.length > 1 ? "all runs" : "");
fill(byId("e-kind"), distinct("kind"), "all kinds");
fill(byId("e-family"), distinct("family"), "all records");
const facets = new Set();
for (const one of data.articles) for (const [key, value] of Object.entries(one.meta)) if (typeof value !== "object") facets.add(`${key}=${value}`);
fill(byId("e-slice"), [...facets].sort(), "all articles");
const words = (article, span) => (article.text === undefined || !span ? "" : [...article.text].slice(span[0], span[1]).join(""));
let shown = 100;
const listErrors = () => {
  const want = { run: byId("e-run").value, kind: byId("e-kind").value, family: byId("e-family").value };
  const slice = byId("e-slice").value;
  const search = byId("e-text").value.toLowerCase();
  const found = errors.filter((one) => {
    for (const key of Object.keys(want)) if (want[key] && one[key] !== want[key]) return false;
    const meta = articles.get(one.id).meta;
    if (slice && !Object.entries(meta).some(([key, value]) => `${key}=${value}` === slice)) return false;
    return !search || `${one.id} ${one.label} ${one.detail}`.toLowerCase().includes(search);
  });
  byId("e-count").textContent = `${found.length} of ${errors.length}`;
  const body = byId("e-body");
  body.replaceChildren();
  for (const one of found.slice(0, shown)) {
    const article = articles.get(one.id);
    const open = el("a", { href: "#articles", textContent: one.id });
    open.onclick = () => showArticle(one.id, one.run, one.gold_span || one.pred_span);
    body.append(
      el("tr", {}, el("td", { textContent: one.kind }), el("td", { textContent: one.family }), el("td", { textContent: one.label, class: "wrap" }), el("td", {}, open),
        el("td", { textContent: words(article, one.gold_span), class: "wrap" }), el("td", { textContent: words(article, one.pred_span), class: "wrap" }), el("td", { textContent: one.run })),
    );
  }
  byId("e-more").hidden = found.length <= shown;
};
for (const id of ["e-run", "e-kind", "e-family", "e-slice", "e-text"]) byId(id).oninput = () => { shown = 100; listErrors(); };
byId("e-more").onclick = () => { shown += 200; listErrors(); };
listErrors();

// One article: gold marks below the line, the prediction's above it.
const state = { id: data.articles.length ? data.articles[0].id : null, run: data.runs.length ? data.runs[data.runs.length - 1].name : null, hot: null };
fill(byId("a-run"), [...runs.keys()]);
if (state.run !== null) byId("a-run").value = state.run;
byId("a-run").oninput = () => { state.run = byId("a-run").value; drawArticle(); };
fill(byId("a-list-kind"), ["events", "attributions", "claims"], "all records");
byId("a-list-kind").oninput = () => drawArticle();
const listArticles = () => {
  const search = byId("a-text").value.toLowerCase();
  const box = byId("a-list");
  box.replaceChildren();
  const found = data.articles.filter((one) => `${one.id} ${one.title ?? ""}`.toLowerCase().includes(search));
  for (const one of found) {
    const wrong = data.runs.map((run) => (run.mistakes[one.id] ?? []).length).join(" / ");
    const button = el("button", { type: "button", textContent: `${one.id} · ${wrong}`, title: one.title ?? "" });
    button.onclick = () => showArticle(one.id, state.run, null);
    button.dataset.id = one.id;
    box.append(button);
  }
};
byId("a-text").oninput = listArticles;
const showArticle = (id, run, hot) => {
  Object.assign(state, { id, run, hot });
  byId("a-run").value = run;
  drawArticle();
};
const drawArticle = () => {
  const article = articles.get(state.id);
  const run = runs.get(state.run);
  const box = byId("a-body");
  box.replaceChildren();
  byId("a-rows").replaceChildren();
  if (!article || !run) return;
  for (const button of byId("a-list").children) button.setAttribute("aria-current", String(button.dataset.id === state.id));
  byId("a-title").textContent = `${article.id} ${article.title ?? ""} (${run.status[article.id] ?? "left out"})`;
  const kind = byId("a-list-kind").value;
  const keep = (marks) => (marks ?? []).filter((mark) => !kind || mark[2] === kind);
  const gold = keep(article.layer), pred = keep(run.layers[article.id]);
  if (article.text === undefined) box.textContent = "The text was left out of this page.";
  else drawText(box, [...article.text], gold, pred);
  const label = (marks, at) => marks.filter((m) => m[5] === at).map((m) => `${m[3]}: ${article.text === undefined ? m[4] : words(article, m)}`).join(" · ");
  const pairs = run.pairs[article.id] ?? {};
  for (const name of ["events", "attributions", "claims"]) {
    if (kind && kind !== name) continue;
    const [ours, theirs] = [gold.filter((m) => m[2] === name), pred.filter((m) => m[2] === name)];
    const met = pairs[name] ?? [];
    const row = (g, p) => byId("a-rows").append(el("tr", {}, el("td", { textContent: name }), el("td", { textContent: g === null ? "—" : label(ours, g), class: "wrap" }), el("td", { textContent: p === null ? "—" : label(theirs, p), class: "wrap" })));
    for (const [g, p] of met) row(g, p);
    for (const at of new Set(ours.map((m) => m[5]))) if (!met.some(([g]) => g === at)) row(at, null);
    for (const at of new Set(theirs.map((m) => m[5]))) if (!met.some(([, p]) => p === at)) row(null, at);
  }
  for (const one of run.rejections[article.id] ?? [])
    byId("a-rows").append(el("tr", {}, el("td", { textContent: "rejected" }), el("td", { textContent: one.reason ?? "", class: "wrap" }), el("td", { textContent: `${one.path ?? ""}: ${one.quote ?? ""} ${one.detail ?? ""}`, class: "wrap" })));
};
const drawText = (box, signs, gold, pred) => {
  const cuts = new Set([0, signs.length]);
  for (const mark of [...gold, ...pred]) { cuts.add(mark[0]); cuts.add(Math.min(mark[1], signs.length)); }
  if (state.hot) { cuts.add(state.hot[0]); cuts.add(state.hot[1]); }
  const at = [...cuts].filter((cut) => cut <= signs.length).sort((a, b) => a - b);
  const over = (marks, start, end) => marks.filter((mark) => mark[0] < end && start < mark[1]);
  let first = null;
  for (let n = 0; n + 1 < at.length; n++) {
    const [g, p] = [over(gold, at[n], at[n + 1]), over(pred, at[n], at[n + 1])];
    const piece = signs.slice(at[n], at[n + 1]).join("");
    const hot = state.hot && state.hot[0] < at[n + 1] && at[n] < state.hot[1];
    if (!g.length && !p.length && !hot) { box.append(piece); continue; }
    const say = (side, marks) => marks.map((m) => `${side} ${m[2]} ${m[5] + 1} ${m[3]}: ${m[4]}`);
    const node = el("span", { class: `${g.length ? "g " : ""}${p.length ? "p " : ""}${hot ? "hot" : ""}`, textContent: piece, title: [...say("gold", g), ...say("predicted", p)].join("\n") });
    if (hot && !first) first = node;
    box.append(node);
  }
  if (first) first.scrollIntoView({ block: "nearest" });
};
listArticles();
drawArticle();

// What changed between the baseline and a run.
const drawChanges = () => {
  const body = byId("c-body");
  if (!body) return;
  body.replaceChildren();
  const name = byId("c-run").value;
  const rows = (data.changes[name] ?? []).slice(0, 200);
  byId("c-count").textContent = `${(data.changes[name] ?? []).length} articles`;
  for (const one of rows) {
    const open = el("a", { href: "#articles", textContent: one.id });
    open.onclick = () => showArticle(one.id, name, null);
    const delta = el("td", { textContent: (100 * one.delta).toFixed(1), class: `num ${one.delta > 0 ? "better" : "worse"}` });
    body.append(el("tr", {}, el("td", {}, open), el("td", { textContent: one.family }), el("td", { textContent: (100 * one.before).toFixed(1), class: "num" }), el("td", { textContent: (100 * one.after).toFixed(1), class: "num" }), delta));
  }
};
if (byId("c-run")) {
  fill(byId("c-run"), Object.keys(data.changes));
  byId("c-run").oninput = drawChanges;
  drawChanges();
}

// Charts: calibration, risk against coverage, cost.
const chart = (title, draw) => {
  const area = svg("svg", { viewBox: "0 0 260 180", role: "img" });
  area.append(svg("line", { class: "axis", x1: 30, y1: 150, x2: 250, y2: 150 }), svg("line", { class: "axis", x1: 30, y1: 10, x2: 30, y2: 150 }));
  draw(area);
  byId("charts").append(el("div", { class: "chart" }, el("div", { class: "soft", textContent: title }), area));
};
const x = (share) => 30 + 220 * share, y = (share) => 150 - 140 * share;
for (const run of data.runs) {
  if (run.calibration && run.calibration.bins.length) {
    chart(`${run.name}: right against confidence`, (area) => {
      area.append(svg("line", { class: "axis", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }));
      for (const bin of run.calibration.bins) area.append(svg("circle", { cx: x(bin.confidence), cy: y(bin.right), r: 4 }));
    });
    chart(`${run.name}: wrong against coverage`, (area) => {
      area.append(svg("path", { d: run.calibration.risk.map(([a, b], n) => `${n ? "L" : "M"}${x(a)} ${y(b)}`).join(" ") }));
    });
  }
  for (const [name, values] of Object.entries(run.spread)) {
    if (!values.length) continue;
    const most = Math.max(...values), least = Math.min(...values), step = (most - least) / 20 || 1;
    const bins = new Array(20).fill(0);
    for (const value of values) bins[Math.min(19, Math.floor((value - least) / step))]++;
    const top = Math.max(...bins);
    chart(`${run.name}: ${name}, ${least.toPrecision(3)} to ${most.toPrecision(3)}`, (area) => {
      bins.forEach((count, n) => area.append(svg("rect", { x: x(n / 20) + 1, width: 9, y: y(count / top), height: 150 - y(count / top) })));
    });
  }
}
byId("charts-none").hidden = byId("charts").children.length > 0;
