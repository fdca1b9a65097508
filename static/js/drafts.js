// Nothing typed is lost. Every [data-draft=KEY] (a form, or one textarea) keeps its touched fields in this browser until
// the server says that it has them: HX-Trigger {"draft:clear": "KEY"}, or [data-draft-clear=KEY] on the next page.
//
// KEY names the person and the thing, so that two people at one desk don't read each other's drafts. Each tab has a slot
// of its own for a key, so that two tabs' different texts are both kept. [data-draft-selection=NAME]: the draft belongs
// to the ticked boxes of that name, too. A draft remembers what each field showed when it was touched: where the server
// shows something else by now, the draft is offered beside it instead of covering it.

import { fill, groupsOf, keyFieldOf, shownBy, toggles, valueOf } from "./drafts/fields.js";
import { draftsOf, PREFIX, read, slot, stored, tabOf, write } from "./drafts/store.js";
import { isOpen } from "./drafts/tabs.js";

const SENT = "draft-sent"; // what was sent last, for the other tabs
const SUBMITTED = "draft-submitted"; // the key of the form that this tab sent last
const DAYS_KEPT = 30;

// Keys

const scopes = new WeakMap(); // holder → the key under which it was kept or restored last

function keyOf(holder) {
  const { draft: key, draftSelection: name } = holder.dataset;
  if (!name) return key;
  const ticked = [...document.querySelectorAll(`[name="${CSS.escape(name)}"]:checked`)].map((box) => box.id || box.value);
  return `${key}@${ticked.sort().join(",")}`;
}

const holdersOf = (key) => [...document.querySelectorAll("[data-draft]")].filter((holder) => keyOf(holder) === key);

// Keeping and restoring

function keep(holder) {
  const key = keyOf(holder);
  const before = read(slot(key))?.fields ?? {};
  const fields = {};
  for (const [name, group] of groupsOf(holder)) {
    const [value, from] = [valueOf(group), shownBy(group)];
    if (value !== from) fields[name] = { value, from };
    else if (before[name]?.value === value) fields[name] = before[name]; // came back from the server as it was sent
  }
  write(slot(key), { fields, formKey: keyFieldOf(holder)?.value, at: Date.now() });
  scopes.set(holder, key);
}

function restore(holder) {
  const key = keyOf(holder);
  scopes.set(holder, key);
  const [first, ...others] = draftsOf(key);
  if (!first) return;
  const isOwn = first.name === slot(key);
  if (!isOwn) { // this tab goes on with it, and a closed one needs it no longer
    write(slot(key), first.draft);
    isOpen(tabOf(first.name, key)).then((open) => { if (!open) write(first.name, null); });
  }
  const offers = [];
  let covered = false;
  for (const [name, group] of groupsOf(holder)) {
    const entry = first.draft.fields[name];
    if (entry && entry.value !== valueOf(group)) {
      if (entry.from === shownBy(group)) {
        fill(group, entry.value);
        covered = true;
      } else if (!toggles(group[0])) offers.push([group, entry.value]);
    }
    for (const other of toggles(group[0]) ? [] : others) offerIfClosed(holder, group, other, key);
  }
  const keyField = keyFieldOf(holder);
  if (keyField && covered && first.draft.formKey) keyField.value = first.draft.formKey; // perhaps it was sent, and the answer lost
  else if (keyField) keep(holder);
  for (const [group, value] of offers) offer(holder, group, value);
  holder.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

// What a closed tab has left; an open one shows it itself
async function offerIfClosed(holder, group, { name, draft }, key) {
  const value = draft.fields[group[0].name]?.value;
  if (!value || value === valueOf(group) || (await isOpen(tabOf(name, key)))) return;
  if (holder.isConnected && value !== valueOf(group)) offer(holder, group, value);
}

function offer(holder, group, value) {
  const place = group[0].closest(".field") ?? holder;
  if ([...place.querySelectorAll("[data-offered]")].some((each) => each.textContent === value)) return;
  const notice = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-offered]").textContent = value;
  notice.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("uses" in button.dataset) fill(group, value);
    notice.remove();
    forget(keyOf(holder), group[0].name, value);
    keep(holder);
    group[0].focus();
  });
  place.prepend(notice);
}

// The text is used or discarded: no slot needs it any longer
function forget(key, field, value) {
  for (const { name, draft } of draftsOf(key)) {
    if (draft.fields[field]?.value !== value) continue;
    delete draft.fields[field];
    write(name, draft);
  }
}

function reset(holder) {
  for (const group of groupsOf(holder).values()) fill(group, shownBy(group));
  holder.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

// Sent

const sameFields = (one, other) =>
  Object.keys({ ...one, ...other }).every((name) => one[name]?.value === other[name]?.value);

function clear(bare) {
  const key = submitted()?.startsWith(`${bare}@`) ? submitted() : bare;
  const sent = read(slot(key))?.fields ?? {};
  write(slot(key), null);
  for (const { name, draft } of draftsOf(key)) if (sameFields(draft.fields, sent)) write(name, null);
  for (const holder of holdersOf(key)) reset(holder);
  try {
    localStorage.setItem(SENT, JSON.stringify({ key, sent, at: Date.now() })); // the others get a storage event
  } catch { /* switched off */ }
}

// What another tab has sent goes from here, too; another text stays
addEventListener("storage", ({ key: name, newValue }) => {
  if (name !== SENT || !newValue) return mark(document);
  const { key, sent } = JSON.parse(newValue);
  for (const holder of holdersOf(key)) {
    const groups = [...groupsOf(holder)].filter(([field, group]) => field in sent || valueOf(group) !== shownBy(group));
    if (groups.length && groups.every(([field, group]) => valueOf(group) === sent[field]?.value)) reset(holder);
  }
  mark(document);
});

function submitted() {
  try {
    return sessionStorage.getItem(SUBMITTED);
  } catch {
    return null;
  }
}

document.addEventListener("submit", ({ target: form, submitter }) => {
  const holder = form.matches("[data-draft]") ? form : submitter?.closest("details")?.querySelector("[data-draft]");
  try {
    if (holder) sessionStorage.setItem(SUBMITTED, keyOf(holder));
  } catch { /* switched off */ }
}, true);

// Showing

// A closed form can't show its draft, so the control that opens it says that there is one: [data-draft-opens=KEY]
function mark(root) {
  for (const opener of root.querySelectorAll("[data-draft-opens]")) {
    const waits = draftsOf(opener.dataset.draftOpens).length > 0;
    opener.toggleAttribute("data-draft-waits", waits);
    opener.title = waits ? "Unsent text" : "";
  }
}

// After a new sign-in the form with the kept text is open again
function open() {
  if (!document.referrer.startsWith(`${location.origin}/sign-in/`)) return;
  const holders = [...document.querySelectorAll("[data-draft]")].filter((holder) => draftsOf(keyOf(holder)).length);
  const closed = holders.map((holder) => holder.closest("details:not([open])")).find(Boolean);
  if (closed) closed.open = true;
  else document.querySelector("[data-draft-waits]")?.click();
}

function arrive(root) {
  for (const done of root.querySelectorAll("[data-draft-clear]")) if (done.dataset.draftClear) clear(done.dataset.draftClear);
  for (const holder of root.querySelectorAll("[data-draft]")) restore(holder);
  mark(root);
}

function prune() {
  const oldest = Date.now() - DAYS_KEPT * 24 * 3600 * 1000;
  for (const name of stored(PREFIX)) if (!(read(name)?.at > oldest)) write(name, null);
}

// Another selection: text that is in view moves with it; what was put away belongs to the rows it was written for
function rescope(holder) {
  const before = scopes.get(holder);
  if (before === keyOf(holder)) return;
  if (holder.closest("details:not([open])")) {
    reset(holder);
    return restore(holder);
  }
  write(slot(before), null);
  keep(holder);
}

document.addEventListener("input", (event) => {
  const holder = event.target.closest("[data-draft]");
  if (holder) keep(holder);
});
document.addEventListener("draft:clear", (event) => clear(event.detail.value));
document.addEventListener("selection:changed", () => {
  for (const holder of document.querySelectorAll("[data-draft-selection]")) rescope(holder);
});
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target instanceof Element) arrive(event.target);
});
document.addEventListener("DOMContentLoaded", open); // by then htmx knows the links

prune();
arrive(document);
