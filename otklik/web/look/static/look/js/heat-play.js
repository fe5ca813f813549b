// Playback: all frames come at once; colours mean the same in every one of them.
const CALM = 2200;
const QUICK = 900;

export function startPlayback({ map, data, tools, say }) {
  const find = (name) => tools.querySelector(`[data-heat-${name}]`);
  const [play, slider, frame, list, panel] = [find("play"), find("slider"), find("frame"), find("list"), find("time")];
  const legend = tools.parentElement.querySelector("[data-legend] ul");
  const usual = legend?.innerHTML;
  const word = find("play-word");
  const slow = window.matchMedia("(prefers-reduced-motion: reduce)");
  let film = null;
  let timer = 0;

  async function load() {
    if (film) return film;
    say("Загружаем…");
    const answer = await fetch(data.framesUrl, { headers: { accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const got = await answer.json();
    const steps = got.frames.map(() => new Map());
    got.keys.forEach((key, n) => {
      for (let i = 0; i < got.counts[n].length; i += 2) steps[got.counts[n][i]].set(key, got.counts[n][i + 1]);
    });
    film = { ...got, steps };
    slider.max = String(got.frames.length - 1);
    say("");
    return film;
  }
  const level = (count) => { let found = 0; film.classes.forEach((low, n) => { if (count >= low) found = film.levels[n]; }); return found; };

  function show(place) {
    const counts = film.steps[place];
    const seen = ({ properties }) => counts.get(properties.key) ?? 0;
    for (const one of data.areas.features) map.setFeatureState({ source: "areas", id: one.properties.key }, { level: level(seen(one)) });
    const written = (one) => ({ ...one, properties: { ...one.properties, count: seen(one), value: String(seen(one)), level: level(seen(one)) } });
    map.getSource("labels").setData({ type: "FeatureCollection", features: data.labels.features.map(written) });
    map.getSource("points").setData({ type: "FeatureCollection", features: data.features.features.map(written).filter((one) => one.properties.count) });
    const [label, query] = film.frames[place];
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    slider.value = String(place);
    slider.setAttribute("aria-valuetext", `${label}, обращений: ${total}`);
    frame.textContent = `${label} · ${total}`;
    list.href = `${film.list}?${query}`;
  }
  function paint() {
    if (!legend) return;
    legend.className = "";
    legend.replaceChildren(...film.legend.map(({ level: step, label }) => {
      const row = document.createElement("li");
      row.append(Object.assign(document.createElement("span"), { className: `swatch lvl${step}`, ariaHidden: "true" }), label);
      return row;
    }));
  }
  function pause() {
    clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    word.textContent = "Проиграть по времени";
  }
  function step() {
    const place = Number(slider.value) + 1;
    if (place >= film.frames.length) return pause();
    return show(place);
  }
  async function toggle() {
    if (timer) return pause();
    try { await load(); } catch { return say("Не удалось загрузить кадры. Обновите страницу."); }
    panel.hidden = false;
    paint();
    show(Number(slider.value) >= film.frames.length - 1 ? 0 : Number(slider.value));
    timer = setInterval(step, slow.matches ? CALM : QUICK);
    play.setAttribute("aria-pressed", "true");
    word.textContent = "Остановить";
    return null;
  }
  function stop() {
    pause();
    panel.hidden = true;
    for (const one of data.areas.features) map.removeFeatureState({ source: "areas", id: one.properties.key }, "level");
    map.getSource("labels").setData(data.labels);
    map.getSource("points").setData(data.features);
    if (legend) { legend.innerHTML = usual; legend.className = data.diverging ? "diverging" : ""; }
    slider.value = "0";
    play.focus();
  }
  play.addEventListener("click", toggle);
  slider.addEventListener("input", () => { pause(); show(Number(slider.value)); });
  find("stop").addEventListener("click", stop);
}
