// The page of a paper: rows and words lead to each other, keys decide, selected words become rows.
import { ask, choose, edit } from "./forms.js";

const base = document.body.dataset.base;
const desk = document.querySelector(".desk");
const told = document.getElementById("told");

let timer = 0;
function tell(words) {
  told.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => { told.textContent = ""; }, 6000);
}

async function get(path) {
  const answer = await fetch(base + path);
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

async function post(path, said) {
  let answer;
  try {
    answer = await fetch(base + path, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(said),
    });
  } catch {
    throw new Error("casebook review does not answer: is it still running? Nothing was kept.");
  }
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

if (desk) paper();
if (document.getElementById("filter")) list();
for (const button of document.querySelectorAll("[data-settle]")) {
  button.addEventListener("click", async () => {
    const doc = button.closest("[data-doc]").dataset.doc;
    try {
      await post(`/settle/${doc}`, { id: button.dataset.settle, without: "without" in button.dataset });
      location.reload();
    } catch (error) { tell(error.message); }
  });
}

function paper() {
  const doc = desk.dataset.doc;
  const pane = document.getElementById("pane");
  const rows = document.getElementById("rows");
  const picked = document.getElementById("picked");
  let selection = null;

  const lines = () => [...rows.querySelectorAll(".line")];
  const current = () => rows.querySelector('.line[aria-current="true"]');

  async function go(line, scroll = true) {
    if (!line) return;
    const before = current();
    if (before) before.removeAttribute("aria-current");
    line.setAttribute("aria-current", "true");
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
    for (const page of pagesOf(line)) await fill(page);
    if (current() !== line) return;
    for (const word of pane.querySelectorAll(".on")) word.classList.remove("on");
    const words = wordsOf(line.dataset.key);
    for (const word of words) word.classList.add("on");
    if (scroll && words.length) words[0].scrollIntoView({ block: "center" });
  }

  // The page of a PDF that a row's words begin on, and the next one: they may run on.
  function pagesOf(line) {
    const number = Number(line.dataset.page);
    return [...pane.querySelectorAll(".page")].slice(Math.max(0, number - 1), number + 1);
  }

  function wordsOf(key) {
    return [...pane.querySelectorAll(`[data-r~="${CSS.escape(key)}"]`)];
  }

  function step(by) {
    const all = lines();
    const at = all.indexOf(current());
    go(all[Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  async function refresh(key, withPane) {
    rows.innerHTML = await (await get(`/paper/${doc}/rows`)).text();
    if (withPane) await loadPane();
    go(lines().find((line) => line.dataset.key === key) ?? lines()[0], withPane);
  }

  async function decide(said, { next = false, withPane = false } = {}) {
    const all = lines();
    const at = all.indexOf(current());
    const after = next ? (all[at + 1] ?? all[at]) : all[at];
    try {
      const answer = await post(`/paper/${doc}/decide`, said);
      await refresh(after?.dataset.key ?? answer.ids[0], withPane);
      tell(said.do === "undo" ? "undone" : `kept: ${said.do}`);
      return "";
    } catch (error) {
      tell(error.message);
      return error.message;
    }
  }

  const onRow = (line, what, more = {}) => ({ do: what, key: line.dataset.key, last: line.dataset.last, ...more });

  async function editRow(line) {
    const row = {};
    for (const cell of line.querySelectorAll(".cell")) row[cell.dataset.column] = cell.dataset.value;
    const columns = await (await get(`/columns/${line.dataset.table}`)).json();
    await edit(`Edit ${line.dataset.table}`, columns, row,
      (changed) => decide(onRow(line, "correct", { row: changed })));
  }

  async function pick(what) {
    if (!selection) { tell("select the words in the paper first"); return; }
    const table = what === "split" ? "cases" : picked.querySelector("select").value;
    const chosen = selection;
    const owner = current()?.dataset.case ?? rows.querySelector(".patient")?.dataset.case ?? "";
    const columns = await (await get(`/columns/${table}`)).json();
    const doing = what === "split" && owner ? "split" : "add";
    await edit(`${doing === "split" ? "New patient" : `Add to ${table}`}: ${chosen.text}`, columns, {}, (row) =>
      decide({ do: doing, table, start: chosen.start, end: chosen.end, patient: owner, row }, { withPane: true }));
    picked.hidden = true;
    selection = null;
  }

  async function merge(from) {
    const others = [...rows.querySelectorAll(".patient")].map((p) => p.dataset.case).filter((c) => c !== from);
    const to = await choose("The same woman as", "case_id, in this paper or another", others);
    if (to) await decide({ do: "merge", patient: from, to });
  }

  async function loadPane() {
    const top = pane.scrollTop;
    try {
      pane.innerHTML = await (await get(`/paper/${doc}/pane`)).text();
    } catch (error) {
      const words = document.createElement("p");
      words.className = "warn";
      words.textContent = error.message;
      pane.replaceChildren(words);
      return;
    }
    seen.disconnect();
    for (const page of pane.querySelectorAll(".page")) {
      page.style.aspectRatio = `${page.dataset.wide} / ${page.dataset.high}`;
      seen.observe(page);
    }
    pane.scrollTop = top;
  }

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) fill(entry.target);
  }, { root: pane, rootMargin: "50%" });

  // The words of a page, fetched when they are first needed.
  function fill(page) {
    page.filled ??= (async () => {
      page.insertAdjacentHTML("beforeend", await (await get(`/paper/${doc}/words/${page.dataset.page}`)).text());
      for (const word of page.querySelectorAll(".w")) place(word, page.dataset);
    })().catch((error) => {
      page.filled = undefined;
      tell(error.message);
    });
    return page.filled;
  }

  function place(word, page) {
    const [left, top, width, height] = word.dataset.at.split(" ");
    word.style.left = `${left / 100}%`;
    word.style.top = `${top / 100}%`;
    word.style.width = `${width / 100}%`;
    word.style.height = `${height / 100}%`;
    word.style.fontSize = `${(height / 100) * (page.high / page.wide) * 0.8}cqw`;
  }

  function offset(node, at) {
    const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[at]?.parentElement ?? node)
      ?.closest("[data-s]");
    if (!run) return null;
    return Number(run.dataset.s) + (node.nodeType === Node.TEXT_NODE ? at : 0);
  }

  document.addEventListener("selectionchange", () => {
    const found = document.getSelection();
    if (!found.rangeCount || found.isCollapsed || !pane.contains(found.anchorNode)) return;
    const range = found.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return;
    selection = { start, end, text: found.toString().replace(/\s+/g, " ").trim() };
    picked.querySelector("span").textContent = selection.text.slice(0, 120);
    picked.hidden = false;
  });

  pane.addEventListener("click", (event) => {
    const word = event.target.closest("[data-r]");
    if (!word || !document.getSelection().isCollapsed) return;
    const keys = word.dataset.r.split(" ");
    const now = current()?.dataset.key;
    const key = keys[(keys.indexOf(now) + 1) % keys.length];
    go(lines().find((line) => line.dataset.key === key), false);
  });

  rows.addEventListener("click", (event) => {
    const line = event.target.closest(".line");
    const act = event.target.closest("button")?.dataset ?? {};
    if (line) go(line);
    if (act.row === "accept" || act.row === "reject") decide(onRow(line, act.row), { next: true });
    if (act.row === "edit") editRow(line);
    if (act.do) decide({ do: act.do, patient: act.patient ?? "" });
    if (act.merge) merge(act.merge);
  });
  rows.addEventListener("change", (event) => {
    if (event.target.dataset.row === "move" && event.target.value) {
      decide(onRow(event.target.closest(".line"), "move", { to: event.target.value }));
    }
  });

  for (const button of document.querySelectorAll(".top [data-do]")) {
    button.addEventListener("click", () => decide({ do: button.dataset.do }, { withPane: button.dataset.do === "undo" }));
  }
  for (const button of document.querySelectorAll("[data-ask]")) {
    button.addEventListener("click", async () => {
      const why = await ask(button.dataset.ask);
      if (why) await decide({ do: button.dataset.ask, why });
    });
  }
  for (const button of document.querySelectorAll("[data-pick]")) {
    button.addEventListener("click", () => pick(button.dataset.pick));
  }

  const keys = {
    j: () => step(1), ArrowDown: () => step(1), k: () => step(-1), ArrowUp: () => step(-1),
    a: () => current() && decide(onRow(current(), "accept"), { next: true }),
    r: () => current() && decide(onRow(current(), "reject"), { next: true }),
    e: () => current() && editRow(current()),
    s: () => pick("add"),
    u: () => decide({ do: "undo" }, { withPane: true }),
    n: () => document.querySelector('a[rel="next"]')?.click(),
    p: () => document.querySelector('a[rel="prev"]')?.click(),
    "?": () => ask("keys"),
  };
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, select, textarea, dialog");
    if (writing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  loadPane().then(() => {
    const named = decodeURIComponent(location.hash.slice(1)); // a patient, by the case_id
    const hers = lines().filter((line) => line.dataset.case === named);
    const first = hers.length ? hers : lines();
    go(first.find((line) => line.dataset.state === "open") ?? first[0]);
    const next = document.querySelector('a[rel="next"]');
    if (next) fetch(`${next.href}/pane`).catch(() => {}); // read while this one is looked at
  });
}

function list() {
  const form = document.getElementById("filter");
  const body = document.querySelector("#papers tbody");
  const all = [...body.rows];
  const words = new Map(all.map((row) => [row, row.textContent.toLowerCase()]));
  const asked = new URLSearchParams(location.hash.slice(1));
  form.words.value = asked.get("words") ?? "";

  function show() {
    const wanted = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = new Set([...form.querySelectorAll("[name=state]:checked")].map((box) => box.value));
    let count = 0;
    for (const row of all) {
      row.hidden = !states.has(row.dataset.state) || !wanted.every((word) => words.get(row).includes(word));
      count += !row.hidden;
    }
    document.getElementById("shown").textContent = `${count} papers`;
    history.replaceState(null, "", 
      location.pathname + (wanted.length ? `#words=${encodeURIComponent(form.words.value)}` : ""));
  }

  function order() {
    const by = form.order.value;
    const sorted = [...all];
    if (by === "least") sorted.sort((a, b) => (a.dataset.least || 2) - (b.dataset.least || 2));
    if (by === "open") sorted.sort((a, b) => b.dataset.open - a.dataset.open);
    body.append(...sorted);
  }

  form.addEventListener("input", show);
  form.order.addEventListener("change", order);
  form.addEventListener("submit", (event) => event.preventDefault());
  requestAnimationFrame(() => setTimeout(show)); // the first rows are drawn before the others are asked for
}
