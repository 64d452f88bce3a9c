// Sorting, filtering, opening. The page says everything without it.
"use strict";

const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// Folded for searching: without case, without accents.
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// ---- sorting: a table with one row in each body is sorted by bodies

function key(row, column) {
  const cell = row.cells[column];
  if (!cell || cell.querySelector(".na") && !("v" in cell.dataset)) return null;
  const text = cell.dataset.v ?? cell.textContent.trim();
  const number = cell.classList.contains("n") ? parseFloat(text.replace(/[,>]/g, "")) : NaN;
  return Number.isNaN(number) ? text : number;
}

function sortBy(table, header, column) {
  const isMatrix = table.classList.contains("matrix");
  const items = isMatrix ? [...table.tBodies] : [...table.tBodies[0].rows];
  const parent = isMatrix ? table : table.tBodies[0];
  const of = (item) => key(isMatrix ? item.rows[0] : item, column);
  const before = header.getAttribute("aria-sort");
  const isNumber = items.some((item) => typeof of(item) === "number");
  const first = isNumber ? "descending" : "ascending";
  const other = isNumber ? "ascending" : "descending";
  const order = before === first ? other : first;
  const sign = order === "ascending" ? 1 : -1;
  const keyed = items.map((item) => [of(item), item]);
  keyed.sort(([a], [b]) => {
    if (a === null || b === null) return (a === null) - (b === null); // what is missing goes last
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), undefined, { numeric: true });
  });
  for (const [, item] of keyed) parent.append(item);
  for (const cell of header.parentNode.cells) cell.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", order);
}

function sortable(table) {
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sortBy(table, header, column));
  });
}

all("table.sort").forEach(sortable);

// ---- filtering

const filter = document.getElementById("filter");
const groupBox = document.getElementById("filter-group");
const frameBox = document.getElementById("filter-frame");
const voiceBox = document.getElementById("filter-voice");

// Each word of the query must be in the name.
function matcher(box) {
  const words = fold(box.value).split(/\s+/).filter(Boolean);
  return (name) => name === undefined || words.every((word) => fold(name).includes(word));
}

// What the places of a drawing stand for, in the order of the page before anybody sorts it.
const shown = {
  g: all("#rates .matrix tbody").map((body) => body.dataset.g),
  f: all("#rates .matrix thead th[data-f]").map((header) => header.dataset.f),
  v: voiceBox ? [...voiceBox.options].slice(1).map((option) => option.value) : [],
  k: all("#keyness tbody tr").map((row) => row.dataset.g),
};

// Marks, names and panels of what is filtered out fade; links among them are no stops any more.
function fade(fits) {
  for (const figure of all("figure[data-axes]")) {
    const axes = figure.dataset.axes.split(" ").map((axis) => axis.split(":"));
    for (const part of all("[data-p], [data-r], [data-c]", figure)) {
      const isOut = ([place, kind]) => place in part.dataset && !fits[kind](shown[kind][part.dataset[place]]);
      part.classList.toggle("off", axes.some(isOut));
    }
    const marks = all("svg a", figure);
    const stop = marks.find((mark) => !mark.classList.contains("off"));
    for (const mark of marks) mark.tabIndex = mark === stop ? 0 : -1;
  }
}

function applyFilter() {
  const isGroup = matcher(groupBox);
  const isFrame = matcher(frameBox);
  const isVoice = (name) => voiceBox.value === "" || name === undefined || name === voiceBox.value;
  const voice = voiceBox.selectedOptions[0]?.textContent;
  for (const item of all("[data-g], [data-f]")) {
    item.hidden = !(isGroup(item.dataset.g) && isFrame(item.dataset.f));
  }
  // the first mark of a sentence is its voice
  for (const item of all("#sentences .kwic li")) item.hidden = voiceBox.value !== "" && item.querySelector("div b").textContent !== voice;
  fade({ g: isGroup, f: isFrame, v: isVoice, k: isGroup });
  for (const table of all("table.matrix")) {
    for (const header of all("thead th[data-f]", table)) {
      for (const body of table.tBodies) body.rows[0].cells[header.cellIndex].hidden = header.hidden;
    }
  }
  const count = (selector) => [all(selector + ":not([hidden])").length, all(selector).length].join(" of ");
  const isIdle = groupBox.value.trim() === "" && frameBox.value.trim() === "" && voiceBox.value === "";
  document.getElementById("filter-says").textContent = isIdle
    ? "Click a table heading to sort."
    : `Shown: groups ${count("#rates .matrix tbody")}, frames ${count("#rates .matrix thead th[data-f]")}.`;
}

// the page of a diff has no filter
if (filter) {
  filter.hidden = false;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", applyFilter);
  applyFilter(); // a browser keeps what was typed when the page is loaded again
}

// ---- numbers of the table of rates: one stop for Tab, arrows inside

function walkable(table) {
  const stops = all(".t", table);
  stops.forEach((stop, i) => { stop.tabIndex = i === 0 ? 0 : -1; });
  table.addEventListener("focusin", (event) => {
    if (!event.target.matches(".t")) return;
    for (const stop of stops) stop.tabIndex = stop === event.target ? 0 : -1;
  });
  table.addEventListener("keydown", (event) => {
    const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key] ?? [0, 0];
    if ((down === 0 && right === 0) || !event.target.matches(".t")) return;
    event.preventDefault();
    const bodies = [...table.tBodies].filter((body) => !body.hidden);
    let row = bodies.indexOf(event.target.closest("tbody"));
    let column = event.target.closest("td").cellIndex;
    for (;;) {
      row += down;
      column += right;
      const cell = bodies[row]?.rows[0].cells[column];
      if (!cell) return;
      const stop = cell.hidden ? null : cell.querySelector(".t");
      if (stop) return stop.focus();
    }
  });
}

all("table.matrix").forEach(walkable);

// ---- marks of a chart: one stop for Tab, arrows from mark to mark

for (const drawing of all("figure svg")) {
  const marks = all("a", drawing);
  marks.forEach((mark, i) => { mark.tabIndex = i === 0 ? 0 : -1; });
  drawing.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const shown = marks.filter((mark) => !mark.classList.contains("off"));
    const next = shown[shown.indexOf(event.target) + by];
    if (by === undefined || !shown.includes(event.target) || !next) return;
    event.preventDefault();
    event.target.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
}

// ---- opening what a link leads to

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  target.scrollIntoView();
}

addEventListener("hashchange", openTarget);
if (location.hash) openTarget();

const openAll = document.getElementById("open-all");
if (openAll) {
  openAll.hidden = false;
  openAll.addEventListener("click", () => {
    const isOpening = openAll.textContent.startsWith("Open");
    for (const frame of all("details.frame")) frame.open = isOpening;
    openAll.textContent = isOpening ? "Close all frames" : "Open all frames";
  });
}

// ---- on paper, intervals are always there

let opened = [];
addEventListener("beforeprint", () => {
  opened = all(".under details:not([open])");
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});
