// The board: selecting many rows, closing an open one, and stepping from row to row. Without it all of that works by clicks.

const boxes = () => [...document.querySelectorAll(".pick:enabled[type='checkbox']")];
const bar = () => document.getElementById("bulk");

let last = null; // the box that was ticked last, where a range begins

function count() {
  const all = boxes();
  const picked = all.filter((box) => box.checked).length;
  bar().querySelector("[data-selected]").textContent = `${picked} selected`;
  const every = bar().querySelector("[data-picks-all]");
  every.checked = picked > 0 && picked === all.length;
  every.indeterminate = picked > 0 && picked < all.length;
  document.dispatchEvent(new Event("selection:changed")); // drafts belong to a selection
}

// A new sign-in brings back the ticks of the same page, for the same person
const PLACE = [document.body.dataset.pageOwner, location.pathname, location.search].join(" ");

function rememberTicks() {
  try {
    const ids = boxes().filter((box) => box.checked).map((box) => box.id);
    sessionStorage.setItem("ticks", JSON.stringify({ place: PLACE, ids }));
  } catch { /* switched off */ }
}

function restoreTicks() {
  if (!document.referrer.startsWith(`${location.origin}/sign-in/`)) return;
  try {
    const { place, ids } = JSON.parse(sessionStorage.getItem("ticks"));
    if (place === PLACE) for (const box of boxes()) box.checked ||= ids.includes(box.id);
  } catch { /* switched off, or none */ }
}

function pick(checked, some = boxes()) {
  for (const box of some) box.checked = checked;
  count();
}

function range(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) pick(box.checked, all.slice(from, to + 1));
}

function close(link) {
  const opened = document.getElementById(link.dataset.closes);
  const row = opened.closest("li");
  opened.replaceChildren();
  row.classList.remove("is-open");
  row.querySelector(".row-answers").focus();
}

document.addEventListener("click", (event) => {
  const closes = event.target.closest("[data-closes]");
  if (closes) {
    event.preventDefault();
    return close(closes);
  }
  if (!bar()) return;
  if (event.target.closest("[data-picks-none]")) return pick(false);
  const shuts = event.target.closest("[data-shuts]");
  if (shuts) return shut(shuts.closest("details"));
  if (event.target.matches(".pick")) {
    if (event.shiftKey && last) range(event.target);
    last = event.target;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-picks-all]")) pick(event.target.checked);
  else if (event.target.matches(".pick")) count();
});

function shut(asked) {
  asked.open = false;
  asked.querySelector("summary").focus();
}

// Escape closes what is open in the bar, then clears the selection
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || !bar()) return;
  if (event.target.closest(".banner, .menu[open], dialog")) return;
  const open = bar().querySelector("details[open]");
  if (open) shut(open);
  else pick(false);
});

// Enter on a box or in a field is no answer
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input") && event.target.form?.id === "bulk") event.preventDefault();
});

// What was asked for is where one writes
document.addEventListener("toggle", ({ target }) => {
  if (target.matches("#bulk > details[open]")) target.querySelector("textarea, input:checked, input")?.focus();
}, true);

document.addEventListener("htmx:afterSettle", () => { if (bar()) count(); });

if (bar()) {
  restoreTicks();
  count();
  document.addEventListener("selection:changed", rememberTicks);
}
(document.getElementById("result") ?? bar()?.querySelector("[aria-invalid='true']"))?.focus();
