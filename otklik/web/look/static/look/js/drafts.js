// Text kept by the server while it is typed: nothing written is lost.
import { csrf } from "./tools.js";

const PAUSE = 600;

function watch(area) {
  const state = area.closest(".field")?.querySelector("[data-draft-state]");
  const say = (words) => { if (state) state.textContent = words; };
  let timer = 0;
  let saved = area.value;

  async function save(leaving) {
    clearTimeout(timer);
    const text = area.value;
    if (text === saved) return;
    try {
      const answer = await fetch(area.dataset.draftUrl, {
        method: "POST",
        headers: { "X-CSRFToken": csrf(), "Content-Type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams({ text }),
        keepalive: leaving === true,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      saved = text;
      const kept = answer.status === 204 ? {} : await answer.json();
      const now = new Date().toLocaleTimeString("ru-RU", { hour: "2-digit", minute: "2-digit" });
      say(`Черновик сохранён в ${kept.saved_at ?? now}`);
    } catch {
      say("Черновик не сохранён: нет связи с сервером. Попробуем ещё раз через несколько секунд.");
      timer = setTimeout(save, 5000);
    }
  }

  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, PAUSE); });
  area.form?.addEventListener("submit", () => { clearTimeout(timer); saved = area.value; });
  document.addEventListener("visibilitychange", () => { if (document.hidden && area.isConnected) save(true); });
}

export function startDrafts(root) {
  for (const area of root.querySelectorAll("[data-draft-url]:not([data-started])")) {
    area.dataset.started = "1";
    watch(area);
  }
}
