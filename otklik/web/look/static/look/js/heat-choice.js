// Choosing places: arrows go to the neighbour, space takes it, Enter opens the list; or by touch.
const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

export function startChoice({ map, data, box, tools, say }) {
  const button = tools.querySelector("[data-heat-keys]");
  const form = document.querySelector("[data-heat-form]");
  const told = form?.querySelector("[data-heat-chosen]");
  const spots = new Map();
  for (const { geometry, properties } of [...(data.labels?.features ?? []), ...(data.features?.features ?? [])]) {
    if (geometry) spots.set(properties.key, { at: geometry.coordinates, ...properties });
  }
  const chosen = new Set([...(form?.querySelectorAll("[name=choose]:checked") ?? [])].map((one) => one.value));
  let current = null;

  const state = (key, change) => {
    for (const source of ["areas", "points"]) if (map.getSource(source)) map.setFeatureState({ source, id: key }, change);
  };
  const total = () => [...chosen].reduce((sum, key) => sum + (spots.get(key)?.count ?? 0), 0);
  function tell() {
    if (told) told.textContent = chosen.size ? `Выбрано мест: ${chosen.size}, обращений: ${total()}` : "";
  }
  function field(key) {
    const known = form?.querySelector(`[name=choose][value="${CSS.escape(key)}"]`);
    if (known || !form) return known;
    const made = Object.assign(document.createElement("input"), { type: "checkbox", name: "choose", value: key, hidden: true });
    form.append(made);
    return made;
  }
  function take(key, yes = !chosen.has(key)) {
    if (yes) chosen.add(key); else chosen.delete(key);
    const box_ = field(key);
    if (box_) box_.checked = yes;
    state(key, { chosen: yes });
    tell();
  }
  function move(key) {
    if (current) state(current, { current: false });
    current = key;
    const spot = spots.get(key);
    state(key, { current: true });
    if (!map.getBounds().contains(spot.at)) map.jumpTo({ center: spot.at });
    say(`${spot.title}: ${spot.text}. ${chosen.has(key) ? "Выбрано." : "Не выбрано."}`);
  }
  function next([dx, dy]) {
    const from = map.project(spots.get(current).at);
    let best = null;
    for (const [key, { at }] of spots) {
      const { x, y } = map.project(at);
      const [along, across] = [(x - from.x) * dx + (y - from.y) * dy, Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx)];
      if (key === current || along <= 1 || across > 2 * along) continue;
      const far = along + 2 * across;
      if (!best || far < best.far) best = { key, far };
    }
    if (best) move(best.key);
    else say("Дальше в эту сторону мест нет.");
  }
  const pad = document.createElement("div");
  Object.assign(pad, { tabIndex: 0, className: "heat-pad" });
  pad.setAttribute("role", "application");
  pad.setAttribute("aria-label", "Выбор мест: стрелки — к соседнему, пробел — выбрать, Enter — открыть список, Esc — выйти");

  function enter() {
    if (!spots.size) return say("На карте нет мест для выбора.");
    box.dataset.mode = "choose";
    button.setAttribute("aria-pressed", "true");
    box.append(pad);
    pad.focus();
    return move(current ?? [...spots.keys()][0]);
  }
  function leave() {
    delete box.dataset.mode;
    button.setAttribute("aria-pressed", "false");
    if (current) state(current, { current: false });
    pad.remove();
  }
  pad.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (way) next(way);
    else if (event.key === " ") { take(current); move(current); }
    else if (event.key === "Enter" && chosen.size) form?.requestSubmit();
    else if (event.key === "Escape") { leave(); say(""); button.focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  map.on("click", (event) => {
    if (box.dataset.mode !== "choose") return;
    const [found] = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"] });
    if (!found?.properties.key) return;
    take(found.properties.key);
    move(found.properties.key);
  });
  button.addEventListener("click", () => (box.dataset.mode === "choose" ? leave() : enter()));
  form?.addEventListener("change", ({ target }) => { if (target.name === "choose") take(target.value, target.checked); });
  for (const key of chosen) state(key, { chosen: true });
  tell();
  return { leave };
}
