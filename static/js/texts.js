// The page that resolves or escalates a session: its text is redrawn as the form changes, copied, and said to be old.

const form = document.getElementById("closing");

// What drafts.js put back into the form before htmx listened: the text is redrawn with it
addEventListener("DOMContentLoaded", () => {
  const differs = [...(form?.elements ?? [])].some((field) => {
    if (!field.name || field.type === "hidden" || field.matches("button")) return false;
    if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected) && field.value !== field.options[0].value;
    return ["radio", "checkbox"].includes(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  });
  if (differs) setTimeout(() => form.dispatchEvent(new Event("change", { bubbles: true })));
});

// Nobody pressed a button to redraw it, so a failure is said here: the text is older than the form
const redraws = (element) => element.matches?.("[data-redraws]");
function failed({ detail: { elt } }) {
  if (!redraws(elt) || elt.querySelector("[data-failure]")) return;
  const notice = document.getElementById("failure").content.firstElementChild.cloneNode(true);
  const words = elt.id === "checks" ? "Not saved on the server yet. What you typed is kept in this browser." : "Not updated: this is not yet what the form says.";
  notice.querySelector("[data-words]").textContent = words;
  elt.prepend(notice);
}
for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) document.addEventListener(name, failed);

// The text as HTML goes into a field that shows formatting as it looks, and as plain text into any other
const textOf = (kind) =>
  document.querySelector(`[data-text="${kind}"]`)?.textContent ?? document.getElementById("words")?.value ?? "";

async function copy(kind) {
  const text = textOf(kind);
  if (kind !== "html" || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const item = { "text/html": new Blob([text], { type: "text/html" }), "text/plain": new Blob([textOf("plain")], { type: "text/plain" }) };
  return navigator.clipboard.write([new ClipboardItem(item)]);
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies-text]");
  if (!button) return;
  let said = "Copied.";
  try {
    await copy(button.dataset.copiesText);
    button.closest(".menu").open = false;
    button.closest(".menu").querySelector("summary").focus();
  } catch { // browsers keep the clipboard from pages without HTTPS
    getSelection().selectAllChildren(document.querySelector(".paper-text") ?? document.getElementById("text"));
    said = "Selected; press Ctrl+C.";
  }
  button.dispatchEvent(new CustomEvent("announce", { bubbles: true, detail: { value: said } }));
});

// Escape hides the source of a sentence without moving the pointer or the focus (WCAG 1.4.13)
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const sentence = document.querySelector(".sentence:is(:hover, :focus-within):not([data-hidden])");
  if (sentence) sentence.dataset.hidden = "";
});
for (const name of ["mouseout", "focusout"]) document.addEventListener(name, ({ target }) => {
  const sentence = target.closest?.(".sentence[data-hidden]");
  if (sentence) setTimeout(() => { if (!sentence.matches(":hover, :focus-within")) delete sentence.dataset.hidden; });
});
