// The bell's list is loaded each time that it is opened

document.addEventListener("toggle", ({ target }) => {
  if (target.id === "bell" && target.open) document.getElementById("bell-list").dispatchEvent(new Event("bell:opened"));
}, true);
