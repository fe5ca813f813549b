// Drop-down menus close on Escape and on a click outside; copying to the clipboard.
const OPEN = "details.drop[open], details.drawer[open]";

export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(OPEN)) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(OPEN)) {
      menu.open = false;
      if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    }
  });
}

async function copy(button) {
  const words = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
  const before = words.textContent;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = "Скопировано";
  } catch {
    words.textContent = "Выделите и нажмите Ctrl+C";
  }
  setTimeout(() => { words.textContent = before; }, 2000);
}

export function startCopy() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
