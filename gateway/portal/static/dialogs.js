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

  const made = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.append(...inside);
    return element;
  };

  // A link to a page that asks shows what it asks in a panel; without scripts it opens the page.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } }).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const content = page?.querySelector("[data-dialog-content]");
    if (!content) {
      window.location.assign(link.href);
      return;
    }
    const title = page.querySelector("h1").textContent.trim();
    const close = made("button", { type: "button", class: "quiet-button dialog-close", "aria-label": link.dataset.dialog, "data-close": "" }, "✕");
    const panel = made("dialog", { class: "dialog", "aria-label": title },
      made("h2", { class: "dialog-title", tabindex: "-1", autofocus: "" }, title), document.adoptNode(content), close);
    panel.addEventListener("close", () => panel.remove());
    document.querySelector("main").append(panel);
    panel.showModal();
  });
})();
