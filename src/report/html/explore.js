// The table of all groups with a chart of those that are chosen, and the reader of all sentences.
{
  const data = JSON.parse(document.getElementById("data").textContent);
  const PER_PAGE = 25;

  // Texts are only ever texts: nothing here reads mark-up.
  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const count = (n) => n.toLocaleString("en");
  const several = (n, noun) => `${count(n)} ${noun}${n === 1 ? "" : "s"}`;
  const figures = (value, digits = 3) => value.toLocaleString("en", { maximumSignificantDigits: digits });
  for (const note of all("[data-needs-script]")) note.remove();

  // ---- all groups

  const chosen = new Set();
  const chart = make("div", { id: "chosen", "aria-live": "polite" });

  function interval([, , low, high]) {
    if (low == null && high == null) return "no interval";
    if (low == null) return `at most ${figures(high, 2)}`;
    return high == null ? `at least ${figures(low, 2)}` : `${figures(low, 2)}–${figures(high, 2)}`;
  }

  function rateCell(group, f) {
    const cell = group[4][f];
    if (!cell) return make("td", { class: "n" }, make("span", { class: "na" }, "in frames.csv"));
    if (cell[1] === null) return make("td", { class: "n" }, make("span", { class: "na" }, cell[2] || "not known"));
    const says = `${data.level} interval ${interval(cell)}; ${several(cell[0], "hit")}`;
    const number = make("a", { class: "t", href: "#read" }, figures(cell[1]), make("span", { class: "tip" }, ` ${says}`));
    number.addEventListener("click", () => read({ frame: data.frames[f][0], group: group[0] }));
    return make("td", { class: "n", "data-v": cell[1] }, number);
  }

  function groupRow(group) {
    const [number, label, articles, words] = group;
    const box = make("input", { type: "checkbox", "aria-label": `Draw ${label}` });
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(group); else chosen.delete(group);
      draw();
    });
    const cells = data.frames.map((_, f) => rateCell(group, f));
    const name = make("th", { scope: "row" }, label);
    const counts = [articles, words].map((n) => make("td", { class: "n", "data-v": n }, count(n)));
    return make("tbody", { "data-g": label }, make("tr", {}, name, make("td", {}, box), ...counts, ...cells));
  }

  // One small chart a frame: a dot for the rate and a line for its interval, on one scale for all chosen groups.
  function draw() {
    chart.replaceChildren();
    if (chosen.size === 0) return chart.append(make("p", { class: "small" }, "Tick groups to draw them."));
    data.frames.forEach(([, label], f) => {
      const cells = [...chosen].map((group) => [group[1], group[4][f]]);
      const ends = cells.flatMap(([, cell]) => (cell ? [cell[1], cell[3]] : [])).filter((end) => typeof end === "number");
      const most = Math.max(...ends, 0) || 1;
      const percent = (value) => `${(100 * value) / most}%`;
      const rows = cells.map(([name, cell]) => {
        const isThere = cell && cell[1] !== null;
        const axis = make("span", { class: "axis", "aria-hidden": "true" });
        if (isThere) {
          if (cell[3] != null) {
            const line = axis.appendChild(make("i", {}));
            line.style.insetInlineStart = percent(cell[2] ?? 0);
            line.style.inlineSize = percent(cell[3] - (cell[2] ?? 0));
          }
          axis.appendChild(make("b", {})).style.insetInlineStart = percent(cell[1]);
        }
        const says = isThere ? `${figures(cell[1], 2)} (${interval(cell)})` : (cell && cell[2]) || "not known";
        return make("li", {}, make("span", {}, name), axis, make("span", {}, says));
      });
      chart.append(make("figure", { "data-f": label }, make("figcaption", {}, make("b", {}, label)), make("ul", {}, ...rows)));
    });
    chart.append(make("p", { class: "small" }, `Hits per 1,000 words; lines: ${data.level} intervals. Each frame has a scale of its own.`));
  }

  const heading = (text, attributes = {}) => make("th", { scope: "col", ...attributes }, text);
  const table = make(
    "table", { class: "sort matrix tall" },
    make("caption", {}, make("span", {}, `${several(data.groups.length, "group")}; the filter at the top of the page narrows them.`)),
    make("thead", {}, make(
      "tr", {}, heading(data.grouping[0].toUpperCase() + data.grouping.slice(1)), heading("Draw"), heading("Articles", { class: "n" }),
      heading("Words", { class: "n" }), ...data.frames.map(([, label]) => heading(label, { class: "n", "data-f": label })),
    )),
    ...data.groups.map(groupRow),
  );
  document.getElementById("all-groups").append(
    make("div", { class: "scroll", role: "region", "aria-label": "Table: all groups", tabindex: "0" }, table), chart,
  );
  sortable(table);
  walkable(table);
  draw();

  // ---- all sentences

  const loaded = new Map();
  let given = null;
  globalThis.framescopeSentences = (articles) => { given = articles; };

  // The articles of a file: from the page, or from beside it.
  function load(name) {
    const start = (resolve, reject) => {
      const inline = all("script[data-file]").find((script) => script.dataset.file === name);
      if (inline) return resolve(JSON.parse(inline.textContent));
      const script = make("script", { src: name.split("/").map(encodeURIComponent).join("/") });
      script.addEventListener("load", () => resolve(given));
      script.addEventListener("error", () => reject(new Error(name)));
      document.head.append(script);
    };
    if (!loaded.has(name)) loaded.set(name, new Promise(start));
    return loaded.get(name);
  }

  const option = ([value, text]) => make("option", { value }, text);
  const select = (options) => make("select", {}, ...options.map(option));
  const frameBox = select([["", "all frames"], ...data.frames]);
  for (const of of new Set(data.further.map((unit) => unit[3]))) {
    frameBox.append(make("optgroup", { label: of }, ...data.further.filter((unit) => unit[3] === of).map(option)));
  }
  const withBox = select([["", "any sentence"], ...data.frames]);
  const groupBox = select([["", "all groups"], ...data.groups.map(([number, label]) => [number, label])]);
  const voiceBox = select([["", "all voices"], ...data.voices]);
  const textBox = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  // what a mark of a chart asks for besides: days, and an entry
  let narrowed = {};
  const wider = make("button", { type: "button", hidden: "" });
  wider.addEventListener("click", () => { narrowed = {}; start(); });
  const button = (text, act) => {
    const element = make("button", { type: "button" }, text);
    element.addEventListener("click", act);
    return element;
  };
  const says = make("output", {});
  const list = make("ol", { class: "kwic" });
  const turn = (by) => () => { page += by; show(); list.firstElementChild?.focus(); };
  const [back, on] = [button("Previous", turn(-1)), button("Next", turn(1))];
  const form = make("form", { class: "reader", "aria-label": "All sentences" },
    ...[["Frame", frameBox], ["Group", groupBox], ["Voice", voiceBox], ["In one sentence with", withBox], ["Words", textBox]]
      .map(([text, box]) => make("label", {}, `${text} `, box)),
    button("Read", () => start()), wider, says);
  const turns = make("p", {}, back, " ", on);
  form.addEventListener("submit", (event) => { event.preventDefault(); start(); });
  form.addEventListener("change", () => start());
  document.getElementById("all-sentences").append(form, list, turns);
  turns.hidden = true;

  let found = [];
  let page = 0;
  let turnOf = 0;

  // Everything that has sentences: name, label, files; and what is asked for.
  const units = new Map([...data.frames, ...data.further].map((unit) => [unit[0], unit]));
  const asked = () => (frameBox.value === "" ? data.frames : [units.get(frameBox.value)]);

  // Hits of the expected cells: what is missing from the files is said. Nothing where nobody knows.
  function expected() {
    const isGroup = (number) => groupBox.value === "" || String(number) === groupBox.value;
    const [, , , of, hits] = units.get(frameBox.value) ?? [];
    if (of !== undefined) return hits.filter(([number]) => isGroup(number)).reduce((sum, [, n]) => sum + n, 0);
    const cells = data.groups.filter(([number]) => isGroup(number));
    const frames = data.frames.map(([name], f) => [name, f]).filter(([name]) => frameBox.value === "" || name === frameBox.value);
    return cells.flatMap((group) => frames.map(([, f]) => group[4][f]?.[0] ?? 0)).reduce((sum, n) => sum + n, 0);
  }

  function inDays(date) {
    const [from, to] = narrowed.days ?? ["", ""];
    return narrowed.days === undefined || (date >= from && date.slice(0, to.length) <= to);
  }

  async function start() {
    const mine = ++turnOf; // a later question makes this one idle
    const frames = asked();
    const names = new Set(frames.map(([name]) => name));
    const also = withBox.value === "" ? [] : [units.get(withBox.value)];
    const files = [...new Set(frames.flatMap(([, , list]) => list))];
    // sentences of the other frame: article and number
    const met = new Set();
    for (const file of new Set(also.flatMap(([, , list]) => list))) {
      for (const article of await load(file).catch(() => [])) {
        for (const hit of article[8]) if (hit[0] === withBox.value) met.add(`${article[0]}\n${hit[6]}`);
      }
    }
    const words = fold(textBox.value).split(/\s+/).filter(Boolean);
    const hits = [];
    let seen = 0;
    for (const [at, file] of files.entries()) {
      says.textContent = `Reading ${at + 1} of ${several(files.length, "file")} …`;
      let articles;
      try {
        articles = await load(file);
      } catch {
        says.textContent = `${file} is not beside this page. Keep the folder of the run together: the sentences lie in sentences/.`;
        return;
      }
      if (mine !== turnOf) return;
      for (const article of articles) {
        if (groupBox.value !== "" && String(article[7]) !== groupBox.value) continue;
        for (const hit of article[8]) {
          if (!names.has(hit[0])) continue;
          seen += 1;
          if (!inDays(article[2]) || (narrowed.entry !== undefined && hit[1] !== narrowed.entry)) continue;
          if (withBox.value !== "" && !met.has(`${article[0]}\n${hit[6]}`)) continue;
          if (voiceBox.value !== "" && hit[3] !== voiceBox.value) continue;
          if (words.length > 0) {
            const text = fold([...hit[2], article[3], hit[1]].join(" "));
            if (!words.every((word) => text.includes(word))) continue;
          }
          hits.push([article, hit]);
        }
      }
    }
    [found, page] = [hits, 0];
    const only = [narrowed.days && [...new Set(narrowed.days)].join(" to "), narrowed.entry && `entry “${narrowed.entry}”`].filter(Boolean);
    wider.hidden = only.length === 0;
    wider.textContent = `Only ${only.join(", ")}: show all`;
    show(seen, expected());
  }

  function show(seen, all) {
    const first = page * PER_PAGE;
    list.replaceChildren(...found.slice(first, first + PER_PAGE).map(([article, hit]) => line(article, hit)));
    list.start = first + 1;
    turns.hidden = found.length <= PER_PAGE;
    back.disabled = page === 0;
    on.disabled = first + PER_PAGE >= found.length;
    const which = found.length === 0 ? "No sentences" : `${count(first + 1)}–${count(Math.min(first + PER_PAGE, found.length))} of ${several(found.length, "hit")}`;
    const rest = { undefined: "hits/", sentiment: "sentiment_hits/" }[units.get(frameBox.value)?.[3]] ?? "no file";
    says.textContent = seen < all ? `${which}. Only ${count(seen)} of ${count(all)} hits are beside this page; the others are in ${rest}.` : which;
  }

  const opening = /[“‘„«‹([-]$/u;
  const closing = /^[,.;:!?…)\]”’»›“"'%-]/u;

  function line(article, hit) {
    const [id, outlet, date, title, url, language, file] = article;
    const [frame, entry, [left, surface, right], voice, flags, [start, end]] = hit;
    const joined = (is) => (is ? { class: "j" } : {});
    const words = make("p", language && !language.startsWith("en") ? { lang: language, dir: "auto" } : {},
      make("span", joined(opening.test(left)), left), opening.test(left) ? "" : " ", make("mark", {}, surface),
      closing.test(right) ? "" : " ", make("span", joined(closing.test(right)), right));
    const label = (data.voices.find(([name]) => name === voice) ?? [voice, voice])[1];
    const about = make("div", {}, make("b", voice === "own" ? { class: "own" } : {}, label), " ");
    for (const flag of flags) about.append(make("b", {}, flag), " ");
    // only an address of the web becomes a link
    const isWeb = /^https?:\/\//i.test(url);
    const name = title || id;
    about.append(`${outlet} · ${date || "no date"} · `, isWeb ? make("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, name) : name);
    const frameLabel = units.get(frame)?.[1] ?? frame;
    about.append(" · ", make("i", {}, `${file}:${start}–${end}`), ` · ${frameLabel}, entry “${entry}” `);
    const cite = `${outlet}: “${title || id}”, ${date || "no date"}${isWeb ? `, ${url}` : ""}. “${[left, surface, right].filter(Boolean).join(" ")}” (article ${id}, bytes ${start}–${end})`;
    const copy = button("Copy citation", async () => {
      try {
        await navigator.clipboard.writeText(cite);
        copy.textContent = "Copied";
      } catch {
        copy.replaceWith(make("input", { readonly: "", "aria-label": "Citation", value: cite }));
      }
    });
    about.append(copy);
    return make("li", { tabindex: "-1" }, words, about);
  }

  function read({ frame = "", group = "", voice = "", with: other = "", ...further }) {
    [frameBox.value, groupBox.value, voiceBox.value, withBox.value, textBox.value] = [frame, group, voice, other, ""];
    narrowed = further;
    document.getElementById("read").scrollIntoView();
    start();
  }

  // a mark of a chart: where its sentences are not at hand, its link leads to where the page has some
  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a[data-read]");
    const asks = mark ? JSON.parse(mark.dataset.read) : {};
    const [unit, other] = [asks.f, asks.w].map((number) => [...units.keys()][number]);
    if (unit === undefined) return;
    event.preventDefault();
    read({ frame: unit, group: asks.g, voice: asks.v, with: other, days: asks.d, entry: asks.e });
    list.setAttribute("tabindex", "-1");
    list.focus({ preventScroll: true });
  });

  // ---- from what stands in the page to all of it

  const frameOf = new Map(data.frames.map(([name, label]) => [label, name]));
  const groupOf = new Map(data.groups.map(([number, label]) => [label, number]));
  for (const heading of all("details.frame section[data-g] h4")) {
    const frame = frameOf.get(heading.closest("details").dataset.f);
    const group = groupOf.get(heading.parentNode.dataset.g);
    if (frame !== undefined && group !== undefined) heading.append(" ", button("All of them", () => read({ frame, group })));
  }
  // a share of a voice: with a pointer here, with the keyboard in the form
  for (const body of all("table.voices tbody")) {
    body.addEventListener("click", (event) => {
      const cell = event.target.closest("td.n");
      const voice = data.voices[cell?.cellIndex - 3];
      const { g, f } = event.target.closest("tr").dataset;
      if (voice) read({ frame: frameOf.get(f), group: groupOf.get(g), voice: voice[0] });
    });
  }
  if (filter) applyFilter();
}
