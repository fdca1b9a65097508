// Back and Forward show a person's page as it is now. Browsers store none of these pages (Cache-Control: no-store), but
// Chromium may keep one alive in memory; then it is loaded again, and hidden until the server has said whose it is.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.hidden = true;
  location.reload();
});
