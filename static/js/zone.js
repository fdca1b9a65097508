// The browser's time zone: offered beside the field [data-zone-offer=ID], and sent along with sign-in.

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const field of document.querySelectorAll("[data-browser-zone]")) field.value = here;

// Browsers report some zones by an old name; <select data-old-names="Asia/Calcutta=Asia/Kolkata …"> knows today's
function nameIn(select) {
  const pairs = new Map(select.dataset.oldNames.split(" ").map((pair) => pair.split("=")));
  const name = pairs.get(here) ?? here;
  return [...select.options].some((option) => option.value === name) ? name : null;
}

function offer(place) {
  const select = document.getElementById(place.dataset.zoneOffer);
  const name = nameIn(select);
  const show = () => { place.hidden = !name || (select.value || select.dataset.accountZone) === name; };
  place.querySelector("b").textContent = name?.replaceAll("_", " ");
  place.querySelector("button").addEventListener("click", () => {
    select.value = name;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.focus();
  });
  select.addEventListener("input", show);
  select.form.addEventListener("draft:restored", show);
  show();
}

document.querySelectorAll("[data-zone-offer]").forEach(offer);
