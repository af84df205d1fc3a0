// What makes pages more comfortable. Everything here is an addition: each page works without it.

// A form is sent once: the button rests while the answer is under way.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.dataset.repeatable !== undefined) return;
  const button = event.submitter;
  if (!button) return;
  window.setTimeout(() => button.setAttribute("aria-disabled", "true"), 0);
  window.setTimeout(() => button.removeAttribute("aria-disabled"), 8000);
});
document.addEventListener("click", (event) => {
  if (event.target.closest('button[aria-disabled="true"]')) event.preventDefault();
}, true);
window.addEventListener("pageshow", () => {
  document.querySelectorAll('button[aria-disabled="true"]').forEach((button) => button.removeAttribute("aria-disabled"));
});

// One box ticks them all.
document.addEventListener("change", (event) => {
  const all = event.target;
  if (!(all instanceof HTMLInputElement) || !all.dataset.ticks) return;
  document.querySelectorAll(`input[type=checkbox][name="${CSS.escape(all.dataset.ticks)}"]`).forEach((box) => {
    if (!box.disabled) box.checked = all.checked;
  });
});

// Filters answer at once when a choice is made by a pointer. With the keyboard every arrow chooses: there Enter or the
// button asks. The field that asked has the focus on the page that answers.
(() => {
  const ASKED = "filters-asked";
  let pointed = false;
  document.addEventListener("pointerdown", () => { pointed = true; }, true);
  document.addEventListener("keydown", (event) => {
    pointed = false;
    if (event.key !== "Enter" || !event.target.matches("form[data-filters] select")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }, true);
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-filters]");
    if (form && pointed && event.target.matches("select")) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-filters]")) return;
    const field = [...event.target.elements].indexOf(document.activeElement);
    if (field >= 0) sessionStorage.setItem(ASKED, JSON.stringify([window.location.pathname, field]));
  });
  // The last event of loading: the part that the address names has had the focus by then.
  window.addEventListener("pageshow", () => {
    const [path, field] = JSON.parse(sessionStorage.getItem(ASKED) ?? "[]");
    sessionStorage.removeItem(ASKED);
    if (path === window.location.pathname) document.querySelector("form[data-filters]")?.elements[field]?.focus();
  });
})();

// A menu longer than the screen shows where one is.
const sideBar = document.querySelector(".side-bar");
const hereEntry = sideBar?.querySelector("[aria-current]");
if (hereEntry) sideBar.scrollTop = Math.max(0, hereEntry.offsetTop - sideBar.clientHeight / 2);

// What went wrong gets the focus, so that it is read first.
document.querySelector("[data-focus]")?.focus();

// What only scripts can do is shown only where they run.
document.querySelectorAll("[data-scripted]").forEach((part) => {
  part.hidden = false;
});

// A password can be looked at while it is typed; it is sent as it was.
document.querySelectorAll("[data-reveal]").forEach((button) => {
  const typed = document.getElementById(button.dataset.reveal);
  const show = (shown) => {
    typed.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => show(typed.type === "password"));
  typed.form?.addEventListener("submit", () => show(false));
});

// Printing is a button where the browser has it.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// A question that depends on an answer or an option is shown while it is asked; what is not shown is not sent.
(() => {
  const asked = [...document.querySelectorAll("fieldset.question[data-if-name], fieldset.question[data-if-option]")];
  if (!asked.length) return;
  const form = asked[0].closest("form");
  const answered = (name) => [...form.elements]
    .filter((field) => field.name === name && !field.matches(":disabled"))
    .filter((field) => field.checked || !["radio", "checkbox"].includes(field.type))
    .map((field) => field.value);
  const chosen = () => [...form.elements]
    .filter((field) => field.dataset.option !== undefined || (field.name.split(".")[0] === "option" && field.checked))
    .map((field) => field.value);
  const show = () => asked.forEach((part) => {
    const { ifName, ifValues, ifOption } = part.dataset;
    const named = !ifName || answered(ifName).some((value) => JSON.parse(ifValues).includes(value));
    part.hidden = part.disabled = !(named && (!ifOption || chosen().includes(ifOption)));
  });
  form.addEventListener("change", show);
  show();
})();

// Counts down by the server's clock, then loads the page anew; a little later for some, so that not all ask at once.
document.querySelectorAll("[data-countdown]").forEach((shown) => {
  const ahead = Date.parse(shown.dataset.clock) - Date.now();
  const end = Date.parse(shown.dataset.countdown);
  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    const left = Math.ceil((end - Date.now() - ahead) / 1000);
    if (left <= 0) {
      window.clearInterval(timer);
      window.setTimeout(() => window.location.reload(), 300 + Math.random() * 700);
      return;
    }
    shown.textContent = `${shown.dataset.words} ${Math.floor(left / 3600)}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  };
  const timer = window.setInterval(tick, 250);
  tick();
});
