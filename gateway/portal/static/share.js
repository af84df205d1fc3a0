// Sharing the address of a page: by the phone's own dialog, else it is copied.
document.querySelectorAll("[data-share]").forEach((button) => {
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const address = `${window.location.origin}${window.location.pathname}`;
    if (navigator.share) {
      await navigator.share({ title: button.dataset.share, url: address }).catch(() => {});
      return;
    }
    await navigator.clipboard.writeText(address);
    const told = button.parentElement.querySelector("[data-shared]");
    if (told) told.textContent = told.dataset.shared;
  });
});
