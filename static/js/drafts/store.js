// Drafts in this browser: PREFIX + key + "#" + tab → {fields: {name: {value, from}}, formKey, at}

import { tab } from "./tabs.js";

export const PREFIX = "draft:";

export const slot = (key, of = tab) => `${PREFIX}${key}#${of}`;
export const tabOf = (name, key) => name.slice(slot(key, "").length);

export function read(name) {
  try {
    const draft = JSON.parse(localStorage.getItem(name));
    return draft?.fields ? draft : null;
  } catch {
    return null; // switched off, or what isn't ours
  }
}

export function write(name, draft) {
  try {
    if (draft && Object.keys(draft.fields).length) localStorage.setItem(name, JSON.stringify(draft));
    else localStorage.removeItem(name);
  } catch { /* switched off or full: the text lives as long as the page */ }
}

export const stored = (start) => {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start));
  } catch {
    return [];
  }
};

// Of all tabs, this one's first, then the newest
export function draftsOf(key) {
  const rank = ({ name, draft }) => (name === slot(key) ? Infinity : draft.at);
  return stored(slot(key, ""))
    .map((name) => ({ name, draft: read(name) }))
    .filter(({ draft }) => draft)
    .sort((one, other) => rank(other) - rank(one));
}
