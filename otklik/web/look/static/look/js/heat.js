// Tools over a map of spots: playback, lasso, choosing by keys, touch and mouse.
import { startLasso } from "./heat-lasso.js";
import { startChoice } from "./heat-choice.js";
import { startPlayback } from "./heat-play.js";

export function startHeat(root) {
  for (const tools of root.querySelectorAll("[data-heat]")) {
    if (tools.dataset.started) continue;
    tools.dataset.started = "1";
    const box = document.querySelector(`[data-map="${CSS.escape(tools.dataset.heat)}"]`);
    box?.addEventListener("map:ready", ({ detail }) => {
      const said = tools.querySelector("[data-heat-said]");
      const say = (...parts) => said.replaceChildren(...parts);
      const stage = { ...detail, box, tools, say };
      startPlayback(stage);
      const choice = startChoice(stage);
      startLasso(stage, () => choice.leave());
      tools.dataset.ready = "1";
    });
  }
}
