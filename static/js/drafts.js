// Nothing typed is lost: every [data-draft=KEY] (a form, or one textarea) keeps its fields in this browser until
// the server says that it has them: HX-Trigger {"draft:clear": "KEY"}, or [data-draft-clear=KEY] on the next page.
// KEY names the person and the thing, so that two people at one desk don't read each other's drafts.

const PREFIX = "draft:";
const DAYS_KEPT = 30;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null; // storage is switched off, or holds what isn't ours
  }
}

function write(key, draft) {
  try {
    if (draft) localStorage.setItem(PREFIX + key, JSON.stringify(draft));
    else localStorage.removeItem(PREFIX + key);
  } catch { /* switched off or full: the words live as long as the page */ }
}

const holderOf = (key) => document.querySelector(`[data-draft="${CSS.escape(key)}"]`);

const fieldsOf = (holder) =>
  (holder.matches("form") ? [...holder.elements] : [holder]).filter(
    (field) => field.name && !["hidden", "password", "submit", "button", "file"].includes(field.type),
  );

const toggles = (field) => ["radio", "checkbox"].includes(field.type);

function unchanged(field) {
  if (toggles(field)) return field.checked === field.defaultChecked;
  if (field.options) return [...field.options].every((option) => option.selected === option.defaultSelected);
  return field.value === field.defaultValue;
}

function keep(holder) {
  const fields = fieldsOf(holder);
  if (fields.every(unchanged)) return write(holder.dataset.draft, null);
  const values = fields.filter((field) => !toggles(field) || field.checked).map((field) => [field.name, field.value]);
  write(holder.dataset.draft, { values, at: Date.now() });
}

function restore(holder) {
  const draft = read(holder.dataset.draft);
  if (!draft?.values) return;
  for (const field of fieldsOf(holder)) {
    const values = draft.values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (toggles(field)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  holder.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

function reset(field) {
  if (field.options) for (const option of field.options) option.selected = option.defaultSelected;
  else if (!toggles(field)) field.value = field.defaultValue;
}

function clear(key) {
  write(key, null);
  const holder = holderOf(key);
  if (!holder) return;
  for (const field of fieldsOf(holder)) reset(field);
  holder.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

function prune() {
  const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
  for (const name of Object.keys(localStorage).filter((each) => each.startsWith(PREFIX))) {
    const key = name.slice(PREFIX.length);
    if (!(read(key)?.at > oldest)) write(key, null);
  }
}

// A closed form can't show its draft, so the control that opens it says that there is one: [data-draft-opens=KEY]
function mark(root) {
  for (const opener of root.querySelectorAll("[data-draft-opens]")) {
    const waits = read(opener.dataset.draftOpens) !== null;
    opener.toggleAttribute("data-draft-waits", waits);
    opener.title = waits ? "Words you have not sent are kept here" : "";
  }
}

function arrive(root) {
  for (const done of root.querySelectorAll("[data-draft-clear]")) clear(done.dataset.draftClear);
  for (const holder of root.querySelectorAll("[data-draft]")) restore(holder);
  mark(root);
}

document.addEventListener("input", (event) => {
  const holder = event.target.closest("[data-draft]");
  if (holder) keep(holder);
});
document.addEventListener("draft:clear", (event) => clear(event.detail.value));
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target instanceof Element) arrive(event.target);
});

arrive(document);
prune();
