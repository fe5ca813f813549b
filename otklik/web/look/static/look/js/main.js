// Entry: marks the page as scripted and starts every enhancement, again after each htmx swap.
import { startKeys } from "./keys.js";
import { startDrafts } from "./drafts.js";
import { startToasts } from "./toasts.js";
import { startFiles } from "./files.js";
import { startMenus, startFilters, startGroups, startCopy } from "./menus.js";
import { startCharts } from "./chart.js";
import { startMaps } from "./map.js";
import { startHeat } from "./heat.js";
import { startWall } from "./wall.js";
import { startEntry } from "./entry.js";
import { startTables } from "./tables.js";

document.documentElement.classList.add("js");

function enhance(root) {
  startDrafts(root);
  startToasts(root);
  startFiles(root);
  startCharts(root);
  startHeat(root);
  startMaps(root);
  startTables(root);
}

startKeys();
startMenus();
startFilters();
startGroups();
startCopy();
startEntry();
startWall();
enhance(document);
document.body.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
document.querySelector("[data-error-summary]")?.focus();
