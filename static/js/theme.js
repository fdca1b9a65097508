// Runs before the first paint: the remembered theme, and a mark that scripts run here.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage is switched off */ }
  if (kept === "light" || kept === "dark") root.dataset.theme = kept;

  const isDark = () => (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* then it lasts as long as the page */ }
  });
})();
