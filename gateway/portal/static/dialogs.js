// Panels open as modal dialogs: the page behind rests, Escape closes them, and the focus returns to the button.
(() => {
  const CONTROLS = "input:not([type=hidden]), select, textarea, a[href], button";

  const panelOf = (disclosure) => disclosure.querySelector(":scope > dialog");

  const show = (disclosure) => {
    const panel = panelOf(disclosure);
    disclosure.dataset.modal = "";
    disclosure.open = true;
    panel.querySelectorAll("[data-close]").forEach((button) => {
      button.hidden = false;
    });
    if (!panel.open) panel.showModal();
    const first = panel.querySelector("[data-focus], [aria-invalid=true]") ?? panel.querySelector(CONTROLS);
    first?.focus();
  };

  // Typed text is not lost to a click beside the panel.
  const untouched = (panel) => [...panel.querySelectorAll("input, textarea")].every((control) =>
    control.type === "checkbox" || control.type === "radio" ? control.checked === control.defaultChecked
      : control.value === control.defaultValue);

  const beside = (panel, event) => {
    const { left, right, top, bottom } = panel.getBoundingClientRect();
    return event.clientX < left || event.clientX > right || event.clientY < top || event.clientY > bottom;
  };

  document.addEventListener("click", (event) => {
    const summary = event.target.closest("details.disclosure > summary");
    if (summary) {
      event.preventDefault();
      summary.focus();
      show(summary.parentElement);
      return;
    }
    const panel = event.target.closest("dialog[open]");
    if (!panel) return;
    if (event.target.closest("[data-close]")) panel.close();
    else if (event.target === panel && beside(panel, event) && untouched(panel)) panel.close();
  });

  document.addEventListener("close", (event) => {
    const disclosure = event.target.closest("details.disclosure");
    if (disclosure && panelOf(disclosure) === event.target) disclosure.open = false;
  }, true);

  document.querySelectorAll("details.disclosure[open]").forEach(show);
})();
