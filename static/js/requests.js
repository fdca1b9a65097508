// One press, one request: the pressed control shows its progress, the others wait, and a failure says so in place.
// The server speaks through HX-Trigger: {"announce": "…"} to screen readers, {"title": "…"} to the tab.

const waiting = new WeakMap(); // request → the area and the control it came from

const areaOf = (element) => element.closest(".banner") ?? element.closest("form") ?? element;

function hold(area, pressed) {
  area.dataset.busy = "";
  pressed?.setAttribute("aria-busy", "true");
  for (const control of area.querySelectorAll("button:enabled, a.button, textarea:read-write")) {
    if (control === pressed && control.matches("button")) continue; // stays enabled, or it would lose the focus
    control.dataset.held = "";
    if (control.matches("button")) control.disabled = true;
    else if (control.matches("a")) control.setAttribute("aria-disabled", "true");
    else control.readOnly = true;
  }
}

function release(area) {
  delete area.dataset.busy;
  for (const control of [area, ...area.querySelectorAll("[aria-busy]")]) control.removeAttribute("aria-busy");
  for (const control of area.querySelectorAll("[data-held]")) {
    delete control.dataset.held;
    if (control.matches("button")) control.disabled = false;
    else if (control.matches("a")) control.removeAttribute("aria-disabled");
    else control.readOnly = false;
  }
}

function tell(area, words) {
  const notice = document.getElementById("failure").content.firstElementChild.cloneNode(true);
  notice.querySelector("[data-words]").textContent = words;
  const place = area.querySelector(".banner-body") ?? area;
  place.querySelector("[data-failure]")?.remove();
  if (place.matches("a, button")) place.after(notice);
  else place.prepend(notice);
}

// What the request was to do, in the form's own word: <form data-lost="sent">
const done = ({ elt, requestConfig }) =>
  requestConfig.verb === "get" ? "opened" : (elt.closest("[data-lost]")?.dataset.lost ?? "recorded");

const saved = (area) => (area.querySelector("textarea") ? " Your text is saved." : "");

const said = (xhr) => new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-notice]")?.textContent.trim();

function fail(event, because, always) {
  const { area } = waiting.get(event.detail.xhr) ?? {};
  if (area?.isConnected) tell(area, always ?? `Not ${done(event.detail)}: ${because}.${saved(area)} Try again.`);
}

// The server may have done it. Sent again, it does it once: a form has a key, a button the version it was rendered from
function unanswered(event) {
  const { area, wasOffline } = waiting.get(event.detail.xhr) ?? {};
  if (event.detail.requestConfig.verb === "get" || wasOffline) return fail(event, "no connection");
  const verb = done(event.detail);
  if (area?.isConnected) tell(area, `No answer came; it may have been ${verb}.${saved(area)} Try again: it won’t be ${verb} twice.`);
}

// Signing in elsewhere changes the token, and the one in the page would then be refused
const freshToken = () => document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-Page-Owner"] = document.body.dataset.pageOwner; // whoever is signed in by now (accounts/page_owner.py)
  const { shown } = document.getElementById("thread")?.dataset ?? {};
  const { known } = document.getElementById("answering")?.dataset ?? {};
  const asks = event.detail.verb === "get" && event.detail.elt.id === "answering";
  if (shown && (asks || event.detail.verb !== "get")) event.detail.parameters.shown = shown; // what came after comes back (sessions/updates.py)
  if (known && (asks || event.detail.elt.closest("[data-answer]"))) event.detail.parameters.known = known;
  if (event.detail.verb === "get") return;
  const token = freshToken();
  if (!token) return;
  event.detail.headers["X-CSRFToken"] = token;
  event.detail.parameters.csrfmiddlewaretoken = token;
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, xhr, requestConfig } = event.detail;
  const area = areaOf(elt);
  if ("busy" in area.dataset) return event.preventDefault();
  if (elt.matches("[data-quietly]")) return; // nobody pressed anything
  const pressed = requestConfig.triggeringEvent?.submitter ?? (elt.matches("a, button") ? elt : null);
  waiting.set(xhr, { area, pressed, wasOffline: !navigator.onLine });
  area.querySelector("[data-failure]")?.remove();
  hold(area, pressed);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { area } = waiting.get(event.detail.xhr) ?? {};
  if (area) release(area);
});

document.addEventListener("htmx:sendError", unanswered);
document.addEventListener("htmx:timeout", unanswered);
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  const words = said(xhr);
  if (xhr.status === 502 || xhr.status === 504) unanswered(event); // a proxy that lost the server
  else if (xhr.status === 503) fail(event, "the service is away for a moment");
  else if (xhr.status >= 500) fail(event, "the server had a problem");
  else fail(event, "the server refused it", words && `Not ${done(event.detail)}. ${words}`);
});

// The count that an act changed lets the act be heard first
document.addEventListener("announce", ({ target, detail }) => {
  const announcer = document.getElementById("announcer");
  const say = () => {
    announcer.textContent = ""; // the same words twice are to be heard twice
    setTimeout(() => { announcer.textContent = detail.value; }, 50);
  };
  setTimeout(say, target.matches("#awaiting-count") ? 1500 : 0);
});
document.addEventListener("title", (event) => { document.title = event.detail.value; });

// Forms without htmx: no second submit, and a fresh token
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if ("busy" in form.dataset) return event.preventDefault();
  const token = form.elements.csrfmiddlewaretoken;
  if (token) token.value = freshToken() ?? token.value;
  form.dataset.busy = "";
  event.submitter?.setAttribute("aria-busy", "true");
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.querySelectorAll("form[data-busy]")) release(form);
});
