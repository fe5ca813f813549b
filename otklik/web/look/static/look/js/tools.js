// Shared small things: JSON of a page, CSRF, scripts loaded on demand, Russian numbers.
const home = document.getElementById("look-main");

export const asset = (name) => home.dataset[name];

export function jsonOf(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

export function csrf() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

const loading = new Map();
export function script(url) {
  if (!loading.has(url)) {
    loading.set(url, new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = url;
      element.onload = done;
      element.onerror = () => failed(new Error(url));
      document.head.append(element);
    }));
  }
  return loading.get(url);
}

export function stylesheet(url) {
  if (document.querySelector(`link[href="${url}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
}

// Runs once per element, when it is about to be seen.
export function whenSeen(root, selector, start) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.push(root);
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      start(entry.target);
    }
  }, { rootMargin: "200px" });
  for (const element of found) {
    if (element.dataset.started) continue;
    element.dataset.started = "1";
    watcher.observe(element);
  }
}

const numbers = new Intl.NumberFormat("ru-RU", { maximumFractionDigits: 2 });
export const number = (value) => (typeof value === "number" ? numbers.format(value) : value);

export function size(bytes) {
  if (bytes < 1024) return `${bytes} Б`;
  if (bytes < 1024 ** 2) return `${number(Math.round(bytes / 1024))} КБ`;
  return `${number(Math.round((bytes / 1024 ** 2) * 10) / 10)} МБ`;
}

export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
