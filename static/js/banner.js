// The banner keeps the focus through its swaps, and stays collapsed or open as it was left.

const COLLAPSED = "collapsed:"; // + fix id → the mode in which it was collapsed

let asked = null; // the id of the banner that the last request came from
const shown = new WeakMap(); // request → the fix that the banner showed before its answer

function sensible(banner) {
  if (banner.dataset.mode === "none") return document.querySelector(".composer textarea");
  return (
    banner.querySelector("[aria-invalid='true']") ??
    banner.querySelector(".stack :is(textarea, select, input:not([type='hidden']))") ??
    banner
  );
}

function focusIn(banner) {
  const now = document.activeElement;
  if (now && !now.contains(banner) && !banner.contains(now) && now.dataset.banner !== banner.id) return; // has moved on
  const target = sensible(banner);
  target?.focus({ preventScroll: true });
  if (banner.contains(target) && target !== banner) showInside(banner.querySelector(".banner-body"), target);
}

// A long form scrolls in itself; the page stays where it is
function showInside(body, field) {
  body.scrollTop += field.getBoundingClientRect().top - body.getBoundingClientRect().top - body.clientHeight / 3;
}

function collapseAsLeft(banner) {
  const details = banner.querySelector(":scope > details");
  if (!details || banner.querySelector(".stack")) return;
  try {
    if (localStorage.getItem(COLLAPSED + banner.dataset.fixId) === banner.dataset.mode) details.open = false;
  } catch { /* storage is switched off: it stays open */ }
}

function remember(banner, open) {
  const name = COLLAPSED + banner.dataset.fixId;
  try {
    if (open) localStorage.removeItem(name);
    else localStorage.setItem(name, banner.dataset.mode);
  } catch { /* then it lasts as long as the page */ }
}

// A quiet refresh: nobody asked for it, so it takes no focus that isn't here, and gives way to whoever answers
const isQuiet = (element) => element.matches(".banner[data-quietly]");
const isInUse = (banner) => "busy" in banner.dataset || banner.querySelector(".stack, .notes-line:focus-within") !== null;

async function copyScript(button) {
  const code = button.closest(".script").querySelector("code");
  let said = "Script copied.";
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.querySelector("span").textContent = "Copied";
  } catch { // browsers keep the clipboard from pages without HTTPS
    button.closest(".script").querySelector("details").open = true;
    getSelection().selectAllChildren(code);
    said = "The script is selected; press Ctrl+C.";
  }
  button.dispatchEvent(new CustomEvent("announce", { bubbles: true, detail: { value: said } }));
}

// On a board the link that opens a row names the banner: [data-banner=ID]
document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  if (elt.matches("[data-quietly]:not(.banner)")) return; // the navigation's counts
  document.documentElement.dataset.swapped = "";
  const unasked = isQuiet(elt) && !elt.contains(document.activeElement);
  asked = unasked ? null : (elt.closest(".banner")?.id ?? elt.dataset.banner);
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { requestConfig, target, xhr } = detail;
  if (!target.matches(".banner")) return;
  shown.set(xhr, target.dataset.fixId);
  if (isQuiet(requestConfig.elt) && isInUse(target)) detail.shouldSwap = false;
});

// With an answer from elsewhere on the page: what is being filled in stays, and so does what is the same
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  const { target, fragment } = detail;
  const next = fragment.querySelector(".banner");
  if (!target.matches(".banner") || !next) return;
  const isSame = ["fixId", "mode", "version"].every((name) => target.dataset[name] === next.dataset[name]);
  if (isInUse(target) || (isSame && next.dataset.mode !== "nudge")) detail.shouldSwap = false;
  else if (target.dataset.fixId !== next.dataset.fixId) next.dataset.arrives = "";
});

// Enough messages, and it asks again
document.addEventListener("message:posted", () => {
  const banner = document.getElementById("fix-banner");
  if (banner && !isInUse(banner)) htmx.trigger(banner, "refresh");
});

document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
  if (!(target instanceof Element)) return;
  const banner = target.matches(".banner") ? target : target.querySelector(":scope > .banner"); // opened in its row
  if (!banner) return;
  const before = shown.get(detail.xhr);
  if (before !== undefined && before !== banner.dataset.fixId) banner.dataset.arrives = "";
  collapseAsLeft(banner);
  if (asked === banner.id) focusIn(banner);
});

document.addEventListener("click", (event) => {
  const details = event.target.closest("summary")?.parentElement;
  if (details?.parentElement.matches(".banner")) remember(details.parentElement, !details.open);
  const copies = event.target.closest("[data-copies]");
  if (copies) copyScript(copies);
});

for (const banner of document.querySelectorAll(".banner[data-fix-id]")) collapseAsLeft(banner);
