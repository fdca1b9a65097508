// Which tab this is, and whether another is still open.

const random = () => Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join("");
export let tab = remembered("tab", random);

function remembered(name, make) {
  try {
    if (!sessionStorage.getItem(name)) sessionStorage.setItem(name, make());
    return sessionStorage.getItem(name);
  } catch {
    return "only"; // storage is switched off: drafts live as long as the page
  }
}

// Whether another tab is open: each replies to its id
const channel = new BroadcastChannel("draft-tabs");
const waiting = new Map(); // id → what to do when it replies

export const isOpen = (id) =>
  new Promise((resolve) => {
    const before = waiting.get(id) ?? (() => {});
    waiting.set(id, () => { before(); resolve(true); });
    channel.postMessage({ wanted: id });
    setTimeout(() => resolve(false), 1000);
  });

channel.addEventListener("message", ({ data: { wanted, is } }) => {
  if (wanted === tab) channel.postMessage({ is: tab });
  waiting.get(is)?.();
});
isOpen(tab).then((isDuplicate) => {
  if (!isDuplicate) return;
  tab = random(); // a duplicated tab begins with the storage of the first, its id included
  sessionStorage.setItem("tab", tab);
});
