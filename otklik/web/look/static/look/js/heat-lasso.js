// A place encircled by hand, mouse or pen: how many cases are inside and the way to their list.
const SVG = "http://www.w3.org/2000/svg";
const MOST = 60;
const STEP = 4;

function far(point, from, to) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const long = Math.hypot(dx, dy);
  if (!long) return Math.hypot(point[0] - from[0], point[1] - from[1]);
  return Math.abs(dy * point[0] - dx * point[1] + to[0] * from[1] - to[1] * from[0]) / long;
}

function thinned(line, slack) {
  let [worst, place] = [0, 0];
  for (let i = 1; i < line.length - 1; i += 1) {
    const off = far(line[i], line[0], line.at(-1));
    if (off > worst) [worst, place] = [off, i];
  }
  if (worst <= slack) return [line[0], line.at(-1)];
  return [...thinned(line.slice(0, place + 1), slack).slice(0, -1), ...thinned(line.slice(place), slack)];
}

export function simple(line) {
  let slack = 1;
  let found = line;
  while (found.length > MOST) { found = thinned(line, slack); slack *= 1.5; }
  return found;
}

export function startLasso({ map, data, box, tools, say }, before) {
  const button = tools.querySelector("[data-heat-lasso]");
  const sheet = document.createElementNS(SVG, "svg");
  const trace = document.createElementNS(SVG, "polyline");
  sheet.setAttribute("class", "lasso");
  sheet.setAttribute("aria-hidden", "true");
  sheet.append(trace);
  let line = null;

  const off = () => { sheet.remove(); button.setAttribute("aria-pressed", "false"); line = null; };
  const on = () => {
    before();
    trace.setAttribute("points", "");
    box.append(sheet);
    button.setAttribute("aria-pressed", "true");
    say("Обведите место пальцем или мышью. Esc — отменить.");
  };
  const at = (event) => {
    const { left, top } = box.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  sheet.addEventListener("pointerdown", (event) => { line = [at(event)]; sheet.setPointerCapture(event.pointerId); event.preventDefault(); });
  sheet.addEventListener("pointermove", (event) => {
    if (!line) return;
    const point = at(event);
    if (Math.hypot(point[0] - line.at(-1)[0], point[1] - line.at(-1)[1]) < STEP) return;
    line.push(point);
    trace.setAttribute("points", line.map((one) => one.join(",")).join(" "));
  });
  sheet.addEventListener("pointerup", () => {
    const drawn = line ?? [];
    off();
    if (drawn.length < 3) return say("Слишком мало: обведите место целиком.");
    return tell(simple(drawn).map((point) => map.unproject(point)));
  });
  sheet.addEventListener("pointercancel", off);
  button.addEventListener("click", () => (sheet.isConnected ? off() : on()));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && sheet.isConnected) { off(); say(""); button.focus(); } });

  async function tell(corners) {
    const area = corners.map(({ lng, lat }) => `${lng.toFixed(5)},${lat.toFixed(5)}`).join(";");
    say("Считаем…");
    const answer = await fetch(`${data.selectUrl}&count=1&area=${encodeURIComponent(area)}`, { headers: { accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) return say("Не удалось посчитать. Обведите место ещё раз.");
    const { count, url } = await answer.json();
    if (!count) return say("В обведённом месте обращений нет.");
    const link = Object.assign(document.createElement("a"), { href: url, textContent: `Открыть список (${count})`, className: "btn btn-sm btn-primary" });
    say(`В обведённом месте обращений: ${count}. `, link);
    return link.focus();
  }
}
