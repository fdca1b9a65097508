// The board: selecting many rows, closing an open one, the form at its foot. Without it all of that works by clicks.

const boxes = () => [...document.querySelectorAll(".pick:enabled[type='checkbox']")];
const bar = () => document.getElementById("bulk");
const openForm = () => bar().querySelector("details[open]");
const ticked = () => boxes().filter((box) => box.checked).map((box) => box.id);

let last = null; // the box that was ticked last, where a range begins
let from = null; // the row that the focus left for the bar
const rendered = ticked().join(" ");

function count() {
  const all = boxes();
  const selected = ticked();
  bar().querySelector("[data-selected]").textContent = `${selected.length} selected`;
  const every = bar().querySelector("[data-selects-all]");
  every.checked = selected.length > 0 && selected.length === all.length;
  every.indeterminate = selected.length > 0 && selected.length < all.length;
  if (selected.join(" ") !== rendered) forgetNotes();
  document.dispatchEvent(new Event("selection:changed")); // drafts belong to a selection
}

// Notes that came back with refused rows are for those rows, and for no other selection
function forgetNotes() {
  for (const field of bar().querySelectorAll("details:not([open]) textarea")) field.defaultValue = "";
}

// A new sign-in brings back the ticks of the same page, for the same person
const PLACE = [document.body.dataset.pageOwner, location.pathname, location.search].join(" ");

function rememberTicks() {
  try {
    sessionStorage.setItem("ticks", JSON.stringify({ place: PLACE, ids: ticked() }));
  } catch { /* switched off */ }
}

function restoreTicks() {
  if (!document.referrer.startsWith(`${location.origin}/sign-in/`)) return;
  try {
    const { place, ids } = JSON.parse(sessionStorage.getItem("ticks"));
    if (place === PLACE) for (const box of boxes()) box.checked ||= ids.includes(box.id);
  } catch { /* switched off, or none */ }
}

function select(checked, some = boxes()) {
  for (const box of some) box.checked = checked;
  count();
}

function range(box) {
  const all = boxes();
  const [first, end] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  if (first >= 0) select(box.checked, all.slice(first, end + 1));
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
  if (event.target.closest("[data-selects-none]")) return select(false);
  const shuts = event.target.closest("[data-shuts]");
  if (shuts) return shut(shuts.closest("details"));
  if (event.target.matches(".pick")) {
    if (event.shiftKey && last) range(event.target);
    last = event.target;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-selects-all]")) select(event.target.checked);
  else if (event.target.matches(".pick")) count();
});

function shut(form) {
  form.open = false;
  form.querySelector("summary").focus();
}

// Escape closes the bar's form; in the bar without one it leads back to the row; elsewhere it clears the selection
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || !bar()) return;
  if (event.target.closest(".banner, .menu[open], dialog")) return;
  const form = openForm();
  if (form) shut(form);
  else if (!bar().contains(event.target)) select(false);
  else (from?.isConnected ? from : boxes().find((box) => box.checked))?.focus({ focusVisible: true });
});

document.addEventListener("focusin", ({ target, relatedTarget }) => {
  if (bar()?.contains(target) && relatedTarget?.closest(".rows")) from = relatedTarget;
});

// Enter on a box or in a field records nothing
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("input") && event.target.form?.id === "bulk") event.preventDefault();
});

// The form that opens is where one writes. The browser tells of it later: who is in the form by then stays where they are
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches("#bulk > details[open]") || target.querySelector(".stack").contains(document.activeElement)) return;
  target.querySelector("textarea, input:checked, input")?.focus();
}, true);

// After an answer in a row, tabs and groups show how many they have now
document.addEventListener("counts", ({ detail }) => {
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = detail[place.dataset.count] ?? "";
});

document.addEventListener("htmx:afterSettle", () => { if (bar()) count(); });

if (bar()) {
  restoreTicks();
  count();
  document.addEventListener("selection:changed", rememberTicks);
}
(document.querySelector("[data-new]") ?? bar()?.querySelector("[aria-invalid='true']"))?.focus();
