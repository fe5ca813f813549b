// Single keys by physical place (event.code), so the Russian layout needs no switching.
const STORE = "otklik-keys-off";
const LETTERS = "ФИСВУАПРШОЛДЬТЩЗЙКЫЕГМЦЧНЯ";
const SIGNS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Slash: "/" };

const isOff = () => localStorage.getItem(STORE) === "1";
const typing = (target) => target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], .maplibregl-map");

function cap(code) {
  if (code.startsWith("Key")) {
    const latin = code.slice(3);
    return `${latin} ${LETTERS[latin.charCodeAt(0) - 65]}`;
  }
  return SIGNS[code] ?? code.replace("Digit", "");
}

function fillHelp(dialog) {
  const list = dialog.querySelector("[data-keys-list]");
  list.querySelectorAll("[data-own]").forEach((row) => row.remove());
  for (const element of document.querySelectorAll("[data-key]")) {
    const row = document.createElement("div");
    const name = document.createElement("dt");
    const keys = document.createElement("dd");
    row.dataset.own = "";
    name.textContent = element.dataset.keyLabel || element.textContent.trim();
    for (const sign of cap(element.dataset.key).split(" ")) {
      const key = document.createElement("kbd");
      key.textContent = sign;
      keys.append(key, " ");
    }
    row.append(name, keys);
    list.append(row);
  }
}

function openHelp() {
  const dialog = document.getElementById("keys");
  if (!dialog || dialog.open) return;
  fillHelp(dialog);
  const box = dialog.querySelector("[data-keys-switch]");
  box.checked = !isOff();
  box.onchange = () => localStorage.setItem(STORE, box.checked ? "0" : "1");
  dialog.showModal();
}

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
  if (!rows.length) return;
  const now = rows.findIndex((row) => row.classList.contains("is-current"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, now + by))];
  rows.forEach((row) => row.classList.toggle("is-current", row === next));
  next.querySelector("[data-row-link]")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

// An entry of the rail answers to its key even when its group is folded.
const reachable = (found) => (found.closest("nav.rail") ?? found).offsetParent;

function single(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return openHelp;
  if (event.shiftKey) return null;
  if (event.code === "Slash") return () => document.querySelector("[data-search]")?.focus();
  if (event.code === "KeyJ") return () => step(1);
  if (event.code === "KeyK") return () => step(-1);
  const shown = [...document.querySelectorAll(`[data-key="${CSS.escape(event.code)}"]`)].filter(reachable);
  // A key of the page itself goes before the same key of the menu.
  const element = shown.find((found) => !found.closest("nav")) ?? shown[0];
  return element ? () => element.click() : null;
}

function pressed(event) {
  if ((event.ctrlKey || event.metaKey) && event.code === "Enter") {
    const form = event.target.closest?.("form[data-submit-keys]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !/Key[JK]/.test(event.code)) return;
  if (typing(event.target) || document.querySelector("dialog[open]") || isOff()) return;
  const act = single(event);
  if (act) { event.preventDefault(); act(); }
}

export function startKeys() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", (event) => { if (event.target.closest("[data-keys-open]")) openHelp(); });
}
