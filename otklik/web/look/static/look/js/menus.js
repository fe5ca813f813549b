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

// On a phone a filter is folded: its chips tell what is asked, and the answer comes first.
export function startFilters() {
  if (!window.matchMedia("(max-width: 640px)").matches) return;
  for (const box of document.querySelectorAll("[data-filterbar]")) box.open = false;
}

// Groups of the menu that a person unfolded stay unfolded on the pages after it.
const UNFOLDED = "otklik-menu";

export function startGroups() {
  const kept = new Set((sessionStorage.getItem(UNFOLDED) ?? "").split("\n").filter(Boolean));
  for (const group of document.querySelectorAll("details.rail-group")) {
    const name = group.dataset.group;
    if (kept.has(name)) group.open = true;
    group.querySelector("summary").addEventListener("click", () => {
      // The click comes before the fold: what is open now is about to close.
      if (group.open) kept.delete(name); else kept.add(name);
      sessionStorage.setItem(UNFOLDED, [...kept].join("\n"));
    });
  }
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
