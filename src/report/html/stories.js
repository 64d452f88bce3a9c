"use strict";
// Shows the stories that fit every filter; a newline parts the names in an attribute.
const field = (id) => document.getElementById(id);
const rows = document.querySelectorAll("tbody tr");
const has = (list, name) => !name || list.split("\n").includes(name);
const show = () => {
  const words = field("query").value.toLowerCase().split(/\s+/).filter(Boolean);
  const [outlet, frame, from, to] = ["outlet", "frame", "from", "to"].map((id) => field(id).value);
  let shown = 0;
  for (const row of rows) {
    const { outlets, frames, first, last } = row.dataset;
    const text = row.textContent.toLowerCase();
    // a story without a day fits no days
    const fits = words.every((word) => text.includes(word)) && has(outlets, outlet) && has(frames, frame)
      && (!from || (last !== "" && last >= from)) && (!to || (first !== "" && first <= to));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  field("shown").textContent = shown;
};
for (const id of ["query", "outlet", "frame", "from", "to"]) {
  field(id).addEventListener("input", show);
}
// the page of the run asks for an outlet and a frame behind the address: #outlet=…&frame=…
for (const [id, value] of new URLSearchParams(location.hash.slice(1))) {
  if (["outlet", "frame"].includes(id) && [...field(id).options].some((option) => option.value === value)) field(id).value = value;
}
show();
