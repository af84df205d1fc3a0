// The portal as an app: the worker that shows a page without network, and the hint that it can be installed.
(() => {
  const worker = document.body.dataset.worker;
  if (worker && navigator.serviceWorker) {
    window.addEventListener("load", () => navigator.serviceWorker.register(worker).catch(() => {}));
    const forget = () => navigator.serviceWorker.controller?.postMessage({ topic: "signed-out" });
    document.addEventListener("signed-out", forget);
    document.addEventListener("submit", (event) => {
      // Not `form.action`, which is the field of this name where a form has one.
      if (event.target.getAttribute("action")?.endsWith("/sign-out")) forget();
    });
  }

  const hint = document.querySelector(".install-hint");
  const DISMISSED = "install_hint=dismissed";
  if (!hint || document.cookie.includes(DISMISSED)) return;
  const install = hint.querySelector("[data-install]");
  let prompt = null;

  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event;
    hint.hidden = false;
  });
  window.addEventListener("appinstalled", () => {
    hint.hidden = true;
  });
  install.addEventListener("click", async () => {
    hint.hidden = true;
    await prompt?.prompt();
  });
  hint.querySelector("[data-dismiss-install]").addEventListener("click", () => {
    // A cookie, because signing out clears the storage of the browser.
    document.cookie = `${DISMISSED}; path=/; max-age=31536000; samesite=lax`;
    hint.hidden = true;
  });

  // Safari on iPhones has no such event; there only the way is told.
  if (navigator.standalone === false) {
    hint.querySelector("p").textContent = hint.dataset.ios;
    install.hidden = true;
    hint.hidden = false;
  }
})();
