// ECharts in the look's colours, with Russian numbers; drawn only when seen.
import { asset, colour, jsonOf, number, script, whenSeen } from "./tools.js";

const PALETTE = ["#1b5fa8", "#c98a1b", "#4a9274", "#9a5f9e", "#6b7f95", "#b3261e", "#2f9bb3", "#8a6d3b"];

function axis(own, given) {
  const one = (value) => {
    const line = { lineStyle: { color: colour("line-2") } };
    const base = { axisLine: line, axisTick: { show: false }, splitLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: colour("ink-2") } };
    if (value.type !== "category" && value.type !== "time") base.axisLabel.formatter = number;
    return { ...base, ...value, axisLabel: { ...base.axisLabel, ...value.axisLabel } };
  };
  if (!given) return own;
  return Array.isArray(given) ? given.map(one) : one(given);
}

function dressed(option) {
  const font = getComputedStyle(document.body);
  const names = [].concat(option.series ?? []).filter((series) => series.name);
  const legend = names.length > 1 ? { top: 0, left: 0, icon: "roundRect", itemWidth: 12, itemHeight: 12, textStyle: { color: colour("ink") } } : undefined;
  return {
    color: PALETTE,
    animationDuration: 250,
    grid: { left: 8, right: 16, top: legend ? 36 : 16, bottom: 4, containLabel: true },
    legend,
    ...option,
    textStyle: { fontFamily: font.fontFamily, fontSize: 13, ...option.textStyle },
    tooltip: { trigger: option.xAxis ? "axis" : "item", valueFormatter: number, axisPointer: { type: "shadow" }, confine: true, ...option.tooltip },
    xAxis: axis(undefined, option.xAxis),
    yAxis: axis(undefined, option.yAxis),
    aria: { enabled: true, ...option.aria },
  };
}

async function draw(box) {
  await script(asset("echarts"));
  await script(asset("echartsRu"));
  const label = box.getAttribute("aria-label");
  const picture = window.echarts.init(box, null, { locale: "RU", renderer: "svg" });
  picture.setOption(dressed(jsonOf(box.dataset.chart)));
  box.setAttribute("aria-label", label);
  picture.on("click", (event) => { if (event.data?.url) window.location.assign(event.data.url); });
  new ResizeObserver(() => picture.resize()).observe(box);
}

export function startCharts(root) {
  whenSeen(root, "[data-chart]", (box) => draw(box).catch(() => box.append("Не удалось построить диаграмму. Данные есть в таблице.")));
}
