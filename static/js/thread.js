// The conversation opens at its end, and the composer grows with what is written.

const toEnd = () => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });

const arrived = performance.getEntriesByType("navigation")[0]?.type;
if (document.querySelector(".thread") && !location.hash && arrived === "navigate") toEnd();

// Own words just sent belong in sight
document.addEventListener("htmx:afterSettle", (event) => {
  if (!event.detail.requestConfig.elt.matches(".composer")) return;
  document.querySelector(".thread-empty")?.remove();
  toEnd();
});

// What stands in the conversation already is not told again
document.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
  if (detail.target.id !== "thread") return;
  for (const event of detail.fragment.querySelectorAll(".event")) if (document.getElementById(event.id)) event.remove();
});

// Ctrl Enter sends the composer, and records a form of the banner
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (!event.target.matches("textarea")) return;
  event.preventDefault();
  const within = event.target.closest(".stack") ?? event.target.form; // a form may ask several things
  event.target.form?.requestSubmit(within.querySelector("button:not([type='button'])"));
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
