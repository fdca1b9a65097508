// A secret that is shown once is copied by a button; where that is forbidden, it is selected.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy-secret]");
  if (!button) return;
  const holder = button.closest("[data-secret]");
  const field = holder.querySelector("input");
  let said = `${holder.dataset.secret} copied.`;
  try {
    await navigator.clipboard.writeText(field.value);
    button.lastChild.textContent = " Copied";
  } catch { // browsers keep the clipboard from pages without HTTPS
    field.select();
    said = "Selected; press Ctrl+C.";
  }
  button.dispatchEvent(new CustomEvent("announce", { bubbles: true, detail: { value: said } }));
});
