// Notices of what was done. Those with «Отменить» stay longer; pointing or focus holds them.
import { csrf } from "./tools.js";

function live(toast) {
  const close = toast.querySelector("[data-toast-close]");
  if (close) { close.hidden = false; close.onclick = () => toast.remove(); }
  if (toast.classList.contains("toast-error")) return;
  const time = toast.hasAttribute("data-toast-undo") ? 15000 : 7000;
  let timer = setTimeout(() => toast.remove(), time);
  const hold = () => clearTimeout(timer);
  const release = () => { clearTimeout(timer); timer = setTimeout(() => toast.remove(), time); };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusout", release);
}

function undoForm(url) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = url;
  const token = Object.assign(document.createElement("input"), { type: "hidden", name: "csrfmiddlewaretoken", value: csrf() });
  const button = Object.assign(document.createElement("button"), { className: "toast-undo", textContent: "Отменить" });
  button.dataset.key = "KeyZ";
  button.dataset.keyLabel = "Отменить последнее действие";
  form.append(token, button);
  return form;
}

export function say({ text, undo = "", level = "success" }) {
  const toast = document.createElement("div");
  toast.className = `notice-toast toast-${level}`;
  const words = Object.assign(document.createElement("div"), { className: "toast-text", textContent: text });
  const close = Object.assign(document.createElement("button"), { className: "toast-close", type: "button", textContent: "×" });
  close.dataset.toastClose = "";
  close.setAttribute("aria-label", "Скрыть уведомление");
  toast.append(words);
  if (undo) { toast.dataset.toastUndo = ""; toast.append(undoForm(undo)); }
  toast.append(close);
  document.getElementById("toasts")?.append(toast);
  live(toast);
}

let listening = false;
export function startToasts(root) {
  for (const toast of root.querySelectorAll("[data-toast]:not([data-started])")) {
    toast.dataset.started = "1";
    live(toast);
  }
  if (listening) return;
  listening = true;
  document.body.addEventListener("toast", (event) => say(event.detail));
  const failed = (text) => () => say({ text, level: "error" });
  document.body.addEventListener("htmx:sendError", failed("Нет связи с сервером. Проверьте сеть и повторите."));
  document.body.addEventListener("htmx:responseError", failed("Сервер не выполнил действие. Обновите страницу и повторите."));
}
