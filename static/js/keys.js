// Single keys, Escape, and what closes by itself. <body data-shortcuts="off"> silences the single keys.

const writes = (element) => element.matches("input:not([type='checkbox']), textarea, select, [contenteditable]");
const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

// On the session page there is one banner; on a board the nearest to where the focus is, or to the top of the window
function nearestBanner() {
  const only = document.getElementById("fix-banner");
  if (only) return only;
  const around = document.activeElement.closest("li")?.querySelector(".banner");
  const distance = (banner) => Math.abs(banner.getBoundingClientRect().top);
  return around ?? [...document.querySelectorAll(".banner")].sort((a, b) => distance(a) - distance(b))[0];
}

function toBanner() {
  const opens = document.activeElement.closest("li")?.querySelector("[data-banner]");
  if (opens && isShown(opens)) {
    opens.focus();
    opens.click();
    return true;
  }
  const banner = nearestBanner();
  if (!banner || !isShown(banner)) return false;
  banner.focus({ focusVisible: true });
  return true;
}

function answer(key) {
  const banner = document.activeElement.closest(".banner");
  if (!banner) return toBanner(); // look first, at the banner and its shortcuts: the next press answers
  const details = banner.querySelector(":scope > details");
  if (details && !details.open) {
    details.querySelector("summary").click();
    return true;
  }
  const controls = [...banner.querySelectorAll(`[aria-keyshortcuts="${key}"]`)];
  const control = controls.find(isShown) ?? controls[0]; // else one inside the closed overflow menu
  control?.click();
  return Boolean(control);
}

function openKeys() {
  document.getElementById("keys")?.showModal();
  return true;
}

// From row to row of a list
function step(by) {
  const titles = [...document.querySelectorAll(".rows .row-title")];
  const row = document.activeElement.closest(".rows > li");
  const at = titles.findIndex((title) => row?.contains(title));
  const next = at < 0 ? titles[0] : titles[at + by];
  next?.focus({ focusVisible: true });
  return Boolean(next);
}

function select() {
  const box = document.activeElement.closest(".rows > li")?.querySelector(".pick[type='checkbox']");
  box?.click();
  return Boolean(box);
}

function answerSelected() {
  const first = document.querySelector("#bulk summary");
  if (!first || !isShown(first)) return false;
  first.focus({ focusVisible: true });
  return true;
}

function openBell() {
  const summary = document.querySelector("#bell > summary");
  summary?.focus({ focusVisible: true });
  summary?.click();
  return Boolean(summary);
}

// A page's own keys: the links that carry them
function go(key) {
  const link = document.querySelector(`.session-head a[aria-keyshortcuts="${key}"]`);
  link?.click();
  return Boolean(link);
}

const PRESS = { "b": toBanner, "?": openKeys, "j": () => step(1), "k": () => step(-1), "x": select, "a": answerSelected, "n": openBell };
for (const key of "wdpvu") PRESS[key] = () => answer(key);
for (const key of "re") PRESS[key] = () => go(key);

// What a key means on any layout: its letter, whatever Caps Lock says; where it writes no Latin letter, the letter that
// an English keyboard has in its place
function meaning({ key, code, shiftKey }) {
  if (key === "?" || key === "؟" || key === "？") return "?";
  if (shiftKey) return "";
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^[\x00-\x7f]*$/.test(key) ? "" : (/^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? "");
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (document.body.dataset.shortcuts !== "on" || writes(event.target) || document.querySelector("dialog[open]")) return;
  const key = meaning(event);
  if (Object.hasOwn(PRESS, key) && PRESS[key]()) event.preventDefault();
}

function escape(event) {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return;
  const menu = event.target.closest(".menu[open]") ?? document.querySelector(".menu[open]");
  if (menu) {
    menu.open = false;
    return menu.querySelector("summary").focus();
  }
  const form = event.target.closest(".lane-form");
  if (form) event.preventDefault(); // or the drawer closes with it
  const banner = form ?? event.target.closest(".banner");
  const closes = banner?.querySelector("[data-cancel]") ?? banner?.closest("li")?.querySelector("[data-closes]");
  closes?.click();
}

// A click on the backdrop has the dialog as its target, as one on its padding has
function isOutside({ clientX: x, clientY: y, detail }, dialog) {
  const box = dialog.getBoundingClientRect();
  return detail > 0 && (x < box.left || x > box.right || y < box.top || y > box.bottom);
}

// A menu that asks for something is opened to write in it; who is in its form before the browser tells of it stays there
document.addEventListener("toggle", ({ target }) => {
  if (!target.matches(".menu[open]") || target.querySelector("form")?.contains(document.activeElement)) return;
  target.querySelector("textarea")?.focus();
}, true);

document.addEventListener("keydown", pressed);
document.addEventListener("keydown", escape);
document.addEventListener("click", (event) => {
  document.getElementById(event.target.closest("[data-opens]")?.dataset.opens)?.showModal();
  if (event.target.matches("dialog") && isOutside(event, event.target)) event.target.close();
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
