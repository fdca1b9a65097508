// Runs before the first paint: the theme, and a mark that scripts run here.
// Of whoever is signed in the server knows it: <html data-theme="light|dark|system">. The other pages remember it here.
(() => {
  const root = document.documentElement;
  root.dataset.script = "";

  const remember = (theme) => {
    try { localStorage.setItem("theme", theme); } catch { /* switched off: then it lasts as long as the page */ }
  };
  if (root.dataset.theme) remember(root.dataset.theme);
  else {
    try { root.dataset.theme = localStorage.getItem("theme") ?? "system"; } catch { /* storage is switched off */ }
  }

  const isDark = () => root.dataset.theme === "dark" || (root.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);

  async function save(url, theme) {
    const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1] ?? "";
    const headers = { "X-CSRFToken": token, "X-Page-Owner": document.body.dataset.pageOwner };
    const answer = await fetch(url, { method: "POST", headers, body: new URLSearchParams({ theme }), keepalive: true });
    if (answer.status !== 204) throw new Error(answer.status);
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-theme-toggle]");
    if (!button) return;
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    if (!button.dataset.themeToggle) return;
    try {
      await save(button.dataset.themeToggle, root.dataset.theme);
    } catch {
      button.dispatchEvent(new CustomEvent("announce", { bubbles: true, detail: { value: "Theme not saved; it applies to this page only." } }));
    }
  });
})();
