// The menus in the head: one is open at a time, and Escape, a press elsewhere or leaving by the keyboard closes it.
(() => {
  const menus = [...document.querySelectorAll("details.account-menu, details.menu-phone")];
  const closeBut = (kept) => menus.forEach((menu) => {
    if (menu !== kept) menu.open = false;
  });

  menus.forEach((menu) => {
    menu.addEventListener("toggle", () => menu.open && closeBut(menu));
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", (event) => closeBut(menus.find((menu) => menu.contains(event.target))));
})();
