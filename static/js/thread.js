// The conversation opens at its end, and the composer grows with what is written.

const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });

const thread = document.getElementById("thread");
const isOpening = performance.getEntriesByType("navigation")[0]?.type === "navigate";
const writesHere = location.hash === "#composer"; // a new session, or a message just sent without htmx
const begin = () => {
  if (writesHere) document.querySelector(".composer textarea")?.focus({ preventScroll: true });
  toEnd();
};
if (thread && isOpening && !location.hash) {
  toEnd();
  addEventListener("load", toEnd); // once all of it has its size
} else if (thread && isOpening && writesHere) addEventListener("load", begin); // after the browser has gone to the address’s part

// Whether nothing hides the last message. It stays so when a form opens below it
function showsTheEnd() {
  const last = (document.querySelector("#answering > :last-child") ?? thread.lastElementChild)?.getBoundingClientRect();
  return !last || (last.bottom <= document.querySelector(".dock").getBoundingClientRect().top + 1 && last.bottom > 0);
}

if (thread) {
  let showed = true;
  let kept = null; // the line beside the link to more: it keeps its place in the window
  document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
    showed = showsTheEnd();
    const line = target.id === "earlier" ? target.nextElementSibling : target.id === "later" ? target.previousElementSibling : null;
    kept = line && { line, isEarlier: target.id === "earlier", top: line.getBoundingClientRect().top };
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (kept) return showMore(kept);
    const isOwnMessage = detail.requestConfig.elt.matches(".composer");
    if (isOwnMessage) document.querySelector(".thread-empty")?.remove();
    if (isOwnMessage || showed) toEnd();
  });
}

// More of the conversation was loaded: nothing moves, and the focus goes to the next link, or to the first new line
function showMore({ line, isEarlier, top }) {
  const lines = new Set();
  for (const each of thread.querySelectorAll(":scope > li[id]")) lines.has(each.id) ? each.remove() : lines.add(each.id);
  scrollBy({ top: line.getBoundingClientRect().top - top, behavior: "instant" });
  const link = isEarlier ? thread.querySelector("#earlier a") : null;
  const next = link ?? (isEarlier ? line.previousElementSibling : line.nextElementSibling);
  if (!next) return;
  if (!next.matches("a")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

// A message that this page doesn’t show is on another: its address has ?message=
const isShown = (hash) => document.getElementById(hash.slice(1)) !== null;
const [, number] = /^#message-(\d+)$/.exec(location.hash) ?? [];
if (thread && number && !isShown(location.hash) && !location.search.includes("message=")) {
  location.replace(`${location.pathname}?message=${number}${location.hash}`);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href*='message=']");
  if (!thread || !link?.hash || !isShown(link.hash) || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  link.closest("[popover]")?.hidePopover?.();
  location.hash = link.hash;
});

// Two answers at once may bring the same line; the page shows it once, and knows what it shows
document.addEventListener("htmx:oobBeforeSwap", ({ detail: { target, fragment } }) => {
  if (target !== thread) return;
  for (const line of fragment.querySelectorAll(":scope > li[id]")) if (document.getElementById(line.id)) line.remove();
  const version = (shown) => parseInt(shown, 10) || 0;
  if (version(fragment.dataset?.shown) > version(thread.dataset.shown)) thread.dataset.shown = fragment.dataset.shown;
});

// Ctrl Enter sends the composer, and records a form of the banner
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (!event.target.matches("textarea")) return;
  event.preventDefault();
  const within = event.target.closest(".closing") ?? event.target.closest(".stack") ?? event.target.form; // a form may ask several things
  const quietly = event.shiftKey && within.querySelector("button[name='ask'][value='no']"); // a note only
  const sends = quietly || (within.querySelector("button.button-primary") ?? within.querySelector("button:not([type='button'])"));
  sends?.click(); // htmx sends the name and value of a button only if it was clicked
});

// Browsers without field-sizing
if (!CSS.supports("field-sizing", "content")) {
  const grow = ({ target }) => {
    if (!target.matches("textarea")) return;
    target.style.blockSize = "auto"; // set through the object model, which the content security policy allows
    target.style.blockSize = `${target.scrollHeight + target.offsetHeight - target.clientHeight}px`;
  };
  document.addEventListener("input", grow);
  document.addEventListener("draft:restored", ({ target }) => {
    for (const area of target.matches("textarea") ? [target] : target.querySelectorAll("textarea")) grow({ target: area });
  });
}
