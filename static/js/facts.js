// What we know: words that are selected in a message go into the form of a new fact, which opens in the lane.

const lane = document.getElementById("lane");

function openLane() {
  if (lane && !(lane.checkVisibility?.() ?? true)) lane.showPopover?.();
}

// The message in which words are selected shows what can be done with them
const selected = () => {
  const selection = getSelection();
  const words = selection.toString().trim();
  const body = words && selection.anchorNode?.parentElement?.closest(".message-body");
  return body && body.contains(selection.focusNode) ? { message: body.closest(".message"), words } : null;
};
document.addEventListener("selectionchange", () => {
  const now = selected()?.message;
  for (const message of document.querySelectorAll(".message[data-picked]")) if (message !== now) delete message.dataset.picked;
  if (now) now.dataset.picked = "";
});

const promotes = (element) => element.matches(".message .quiet-tools");
const picked = new WeakMap(); // request → the words that were selected when its link was pressed

document.addEventListener("mousedown", (event) => { // a press would take the selection away
  if (event.target.closest(".message .quiet-tools")) event.preventDefault();
});
document.addEventListener("htmx:beforeRequest", ({ detail: { elt, xhr } }) => {
  if (!promotes(elt)) return;
  const { message, words } = selected() ?? {};
  if (message === elt.closest(".message")) picked.set(xhr, words);
});
document.addEventListener("htmx:beforeSwap", ({ detail: { requestConfig } }) => {
  if (promotes(requestConfig.elt)) openLane();
});

// After an unsent text of the same form was restored, which stays
document.addEventListener("htmx:afterSettle", ({ detail: { xhr } }) => {
  const words = picked.get(xhr);
  const field = words && document.getElementById("fact-text");
  picked.delete(xhr);
  if (!field || field.value.includes(words)) return;
  field.value = field.value ? `${field.value}\n${words}` : words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// What comes with an answer from elsewhere doesn't close a form that someone is filling in
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (detail.target.id === "known" && detail.target.querySelector(".lane-form")) detail.shouldSwap = false;
});

const named = document.getElementById(location.hash.slice(1)); // null without one
if (lane?.querySelector(".lane-form") || lane?.contains(named)) openLane();
