// The map on a wall: asks for news, shows layers in turn, draws only what has changed.
import { jsonOf } from "./tools.js";
import { shade, EMPTY } from "./map-style.js";
import { addData, library, plainMap } from "./map.js";

const NIGHT = "otklik-wall-night";
const STALE = 60_000;
const clock = new Intl.DateTimeFormat("ru-RU", { hour: "2-digit", minute: "2-digit" });

class Wall {
  constructor(page) {
    this.page = page;
    this.settings = jsonOf(page.dataset.wall);
    this.part = (name) => page.querySelector(`[data-wall-${name}]`);
    this.turn = 0;
    this.tag = "";
    this.fresh = 0;
    this.paused = false;
    this.night = localStorage.getItem(NIGHT) === "1";
  }

  async start() {
    this.theme();
    this.part("pause").addEventListener("click", () => this.pause());
    this.part("night").addEventListener("click", () => this.turnNight());
    this.part("full").addEventListener("click", () => this.full());
    setInterval(() => this.tick(), 1000);
    await this.ask();
    setInterval(() => this.ask(), this.settings.seconds * 1000);
    setInterval(() => this.next(), this.settings.turn * 1000);
    await this.draw().catch(() => this.part("map").replaceChildren("Карту показать не удалось, числа верны."));
  }

  async ask() {
    if (this.asking || this.over) return;
    this.asking = true;
    try {
      const headers = { accept: "application/json", ...(this.tag ? { "if-none-match": this.tag } : {}) };
      const answer = await fetch(this.settings.url, { headers, cache: "no-store", redirect: "manual" });
      await this.heard(answer);
    } catch {
      this.lost = "Нет связи с сервером, пробуем снова.";
    } finally {
      this.asking = false;
      this.tick();
    }
  }

  async heard(answer) {
    if (answer.status === 410) { this.over = (await answer.json()).gone; return; }
    if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
      this.lost = "Сеанс закончился. Войдите снова или поставьте ссылку экрана: «Карта» — «Экраны».";
      return;
    }
    if (answer.status !== 304 && !answer.ok) throw new Error(answer.status);
    this.fresh = Date.now();
    this.lost = "";
    if (answer.status === 304) return;
    this.tag = answer.headers.get("etag") ?? "";
    this.said = await answer.json();
    this.figures();
    this.show();
  }

  figures() {
    this.part("figures").replaceChildren(...this.said.figures.map(([label, value, tone]) => {
      const box = document.createElement("div");
      box.className = `wall-figure ${tone}`;
      box.append(Object.assign(document.createElement("b"), { textContent: value }), Object.assign(document.createElement("span"), { textContent: label }));
      return box;
    }));
  }

  layer() { return this.said?.layers[this.turn % this.said.layers.length]; }

  show() {
    const layer = this.layer();
    if (!layer) return;
    this.part("title").textContent = layer.title;
    this.part("top").replaceChildren(...layer.top.map(([name, said]) => {
      const row = document.createElement("li");
      row.append(Object.assign(document.createElement("span"), { textContent: name }), Object.assign(document.createElement("b"), { textContent: said }));
      return row;
    }));
    this.part("legend").replaceChildren(...layer.legend.map(({ level, label }) => {
      const row = document.createElement("li");
      row.append(Object.assign(document.createElement("span"), { className: `swatch lvl${level}` }), label);
      return row;
    }));
    if (!this.map) return;
    this.map.getSource("areas").setData(layer.areas ?? EMPTY);
    this.map.getSource("labels").setData(layer.labels ?? EMPTY);
    this.map.getSource("points").setData(layer.features ?? EMPTY);
    this.map.setPaintProperty("areas", "fill-color", shade(layer.diverging, this.night));
  }

  async draw() {
    const gl = await library(this.settings);
    this.build(gl);
    this.gl = gl;
  }

  build(gl) {
    const map = plainMap(gl, this.part("map"), this.settings, this.night);
    map.getCanvas().setAttribute("tabindex", "-1");
    map.getCanvas().setAttribute("aria-label", "Карта: полотно");
    map.on("load", () => {
      addData(map, { ...this.settings, sized: true, named: true, large: true, night: this.night });
      this.map = map;
      this.show();
    });
    this.drawing = map;
  }

  next() { if (!this.paused && this.said) { this.turn += 1; this.show(); } }

  tick() {
    this.part("clock").textContent = clock.format(new Date());
    this.part("state").textContent = this.state();
    this.part("state").classList.toggle("bad", Boolean(this.over || this.lost));
  }

  state() {
    if (this.over) return this.over;
    if (!this.fresh) return this.lost || "Данные загружаются…";
    const at = `Данные на ${clock.format(this.fresh)}.`;
    if (this.lost) return `${this.lost} ${at}`;
    if (Date.now() - this.fresh > STALE) return `Давно нет новостей. ${at}`;
    return this.said?.note ? `${at} ${this.said.note}` : at;
  }

  pause() {
    this.paused = !this.paused;
    this.part("pause").setAttribute("aria-pressed", String(this.paused));
  }

  theme() {
    document.documentElement.dataset.bsTheme = this.night ? "dark" : "light";
    document.body.classList.toggle("is-night", this.night);
    this.part("night").setAttribute("aria-pressed", String(this.night));
  }

  turnNight() {
    this.night = !this.night;
    localStorage.setItem(NIGHT, this.night ? "1" : "0");
    this.theme();
    this.drawing?.remove();
    this.map = null;
    if (this.gl) this.build(this.gl);
  }

  full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.page.requestFullscreen?.();
  }
}

export function startWall() {
  const page = document.querySelector("[data-wall]");
  if (!page) return;
  page.lookWall = new Wall(page);
  page.lookWall.start();
}
