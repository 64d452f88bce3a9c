"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const store = "framescope-coding-" + data.coder + "-" + data.sign;
  const main = document.getElementById("main");
  let state = { at: 0, answers: {} };
  let canKeep = true;
  try {
    const kept = JSON.parse(localStorage.getItem(store) || "null");
    if (kept && typeof kept === "object" && kept.answers) state = { at: Number(kept.at) || 0, answers: kept.answers };
  } catch (error) {
    canKeep = false;
  }
  state.at = Math.min(Math.max(0, state.at), Math.max(0, data.items.length - 1));
  const keep = () => {
    try {
      localStorage.setItem(store, JSON.stringify(state));
    } catch (error) {
      canKeep = false;
    }
  };
  const answer = (item) => state.answers[item.id] || { code: "", voice: "", comment: "" };
  const set = (item, more) => {
    state.answers[item.id] = Object.assign({}, answer(item), more);
    keep();
  };
  const coded = () => data.items.filter((item) => answer(item).code !== "").length;
  const make = (tag, text, more) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    for (const [name, value] of Object.entries(more || {})) node.setAttribute(name, value);
    return node;
  };
  const button = (text, act, more) => {
    const node = make("button", text, Object.assign({ type: "button" }, more));
    node.addEventListener("click", act);
    return node;
  };
  const list = (title, rows) => {
    const box = make("div", undefined, { class: "small" });
    if (rows.length === 0) return box;
    box.append(make("b", title));
    const ul = make("ul");
    rows.forEach((row) => ul.append(make("li", row)));
    box.append(ul);
    return box;
  };
  let open = false;
  let page = null;
  const go = (to) => {
    if (to < 0 || to >= data.items.length) return;
    state.at = to;
    open = false;
    keep();
    draw();
  };
  const nextOpen = () => {
    for (let i = 1; i <= data.items.length; i += 1) {
      const to = (state.at + i) % data.items.length;
      if (answer(data.items[to]).code === "") return to;
    }
    return -1;
  };
  const code = (value) => {
    const item = data.items[state.at];
    set(item, value === "1" ? { code: value } : { code: value, voice: "" });
    if (value === "1") {
      draw();
    } else {
      const to = nextOpen();
      if (to >= 0) go(to);
      else draw();
    }
  };
  const voice = (name) => {
    const item = data.items[state.at];
    set(item, { code: "1", voice: name });
    const to = nextOpen();
    if (to >= 0) go(to);
    else draw();
  };
  // as the program writes cells: a text that a spreadsheet would run gets an apostrophe
  const cell = (text) => {
    const safe = /^'*[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\n\r;]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
  };
  const csv = () => {
    const header = ["item", "frame", ...data.columns, "before", "text", "after", "code", "voice", "comment"];
    const row = (item) => {
      const given = answer(item);
      const shown = item.shown.map(([, value]) => value);
      return [item.id, data.frames[item.frame].name, ...shown, item.before, item.text, item.after, given.code, given.voice, given.comment];
    };
    return [header, ...data.items.map(row)].map((cells) => cells.map(cell).join(",") + "\n").join("");
  };
  const save = () => {
    const link = make("a", "", { download: data.coder + ".csv" });
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const header = () => {
    const box = make("header");
    const done = coded();
    box.append(make("b", "Coder " + data.coder));
    box.append(make("span", done + " of " + data.items.length + " coded", { id: "count" }));
    box.append(make("progress", "", { value: done, max: Math.max(1, data.items.length) }));
    box.append(button("Export CSV", save, { id: "export" }));
    return box;
  };
  const rules = (frame) => {
    const box = make("div", undefined, { class: "question" });
    box.append(make("h1", "Does this " + data.unit + " present: " + frame.label + "?"));
    box.append(make("p", frame.definition || "This frame has no definition: ask before you code.", { class: "small" }));
    box.append(list("Code yes if", frame.include), list("Code no if", frame.exclude), list("Examples", frame.examples));
    return box;
  };
  const codes = (item) => {
    const box = make("div", undefined, { class: "row", role: "group", "aria-label": "Code" });
    const given = answer(item).code;
    for (const [value, text] of [["1", "1 yes"], ["0", "0 no"], ["?", "? cannot tell"]]) {
      box.append(button(text, () => code(value), { "data-code": value, "aria-pressed": String(given === value) }));
    }
    return box;
  };
  const voices = (item) => {
    const box = make("div", undefined, { class: "row", role: "group", "aria-label": "Voice" });
    const given = answer(item);
    if (given.code !== "1") return box;
    box.append(make("span", "Who says it?"));
    data.voices.forEach(([name, means], i) => {
      const text = "abcde"[i] + " " + name;
      box.append(button(text, () => voice(name), { title: means, "data-voice": name, "aria-pressed": String(given.voice === name) }));
    });
    return box;
  };
  const draw = () => {
    page = make("div");
    page.append(header());
    if (!canKeep) page.append(make("p", "This browser does not save your codes: export them before you close the page.", { role: "alert" }));
    const item = data.items[state.at];
    if (!item) {
      page.append(make("p", "Nothing to code."));
      main.replaceChildren(page);
      return;
    }
    page.append(rules(data.frames[item.frame]));
    item.shown.filter(([, value]) => value !== "").forEach(([name, value]) => page.append(make("p", name + ": " + value, { class: "small" })));
    const language = item.language === "und" ? {} : { lang: item.language };
    if (open && item.before) page.append(make("p", item.before, Object.assign({ class: "context" }, language)));
    page.append(make("p", item.text, Object.assign({ id: "text", dir: "auto" }, language)));
    if (open && item.after) page.append(make("p", item.after, Object.assign({ class: "context" }, language)));
    if (item.before || item.after) {
      const flip = () => {
        open = !open;
        draw();
      };
      page.append(button(open ? "Hide context" : "Show context", flip, { id: "context" }));
    }
    page.append(codes(item), voices(item));
    const comment = make("textarea", undefined, { id: "comment", "aria-label": "Comment", placeholder: "Comment" });
    comment.value = answer(item).comment;
    comment.addEventListener("input", () => set(item, { comment: comment.value }));
    page.append(comment);
    const moves = make("div", undefined, { class: "row" });
    const back = button("← Back", () => go(state.at - 1), { id: "back" });
    const next = button("Next →", () => go(state.at + 1), { id: "next" });
    back.disabled = state.at === 0;
    next.disabled = state.at === data.items.length - 1;
    moves.append(back, make("span", state.at + 1 + " / " + data.items.length + " · " + item.id), next);
    const to = nextOpen();
    if (to >= 0) moves.append(button("Next without a code", () => go(to), { id: "open" }));
    page.append(moves);
    if (coded() === data.items.length) {
      page.append(make("p", "Everything is coded. Export the CSV and return it under the name " + data.coder + ".csv.", { id: "done" }));
    }
    page.append(make("p", "Keys: 1 yes, 0 no, ? cannot tell, a–e voice, x context, ← → move. Codes are saved in this browser on this computer until you export them.", { class: "small" }));
    main.replaceChildren(page);
  };
  document.addEventListener("keydown", (event) => {
    if (event.target instanceof HTMLTextAreaElement || event.ctrlKey || event.metaKey || event.altKey) return;
    const item = data.items[state.at];
    if (!item) return;
    const key = event.key;
    if (key === "1" || key === "0" || key === "?") code(key);
    else if (key === "ArrowLeft") go(state.at - 1);
    else if (key === "ArrowRight") go(state.at + 1);
    else if (key === "x" && (item.before || item.after)) {
      open = !open;
      draw();
    } else if ("abcde".includes(key) && key.length === 1 && answer(item).code === "1") voice(data.voices["abcde".indexOf(key)][0]);
    else return;
    event.preventDefault();
  });
  draw();
})();
