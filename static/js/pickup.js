// The package above the conversation: “Continue where … left off” opens the banner, which began folded.

const openBanner = () => { const fold = document.querySelector("#fix-banner > details"); if (fold) fold.open = true; };

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-left-off]") || event.ctrlKey || event.metaKey) return;
  const place = document.getElementById("left-off");
  if (!place) return; // on another part of the conversation: the link's address leads there
  event.preventDefault();
  openBanner();
  place.scrollIntoView({ block: "center" });
  place.focus({ preventScroll: true });
});

if (location.hash === "#left-off") openBanner();
