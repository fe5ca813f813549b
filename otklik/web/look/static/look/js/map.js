// MapLibre (its CSP build) over own data; also the place picker of the citizen's form.
import { asset, jsonOf, script, stylesheet, whenSeen } from "./tools.js";
import { baseStyle, dataLayers, overlayLayers, placeLabels, EMPTY } from "./map-style.js";

const RU = {
  "NavigationControl.ZoomIn": "Приблизить",
  "NavigationControl.ZoomOut": "Отдалить",
  "NavigationControl.ResetBearing": "Вернуть север вверх",
  "FullscreenControl.Enter": "Во весь экран",
  "FullscreenControl.Exit": "Выйти из полного экрана",
  "Map.Title": "Карта",
  "Popup.Close": "Закрыть",
};

function popupOf({ title, text, url }) {
  const box = document.createElement("div");
  const head = document.createElement(url ? "a" : "span");
  head.className = "map-popup-title";
  head.textContent = title ?? "Подробнее";
  if (url) head.href = url;
  box.append(head);
  if (text) box.append(Object.assign(document.createElement("span"), { textContent: text }));
  return box;
}

function addOverlays(map, overlays) {
  for (const [id, { marks }] of Object.entries(overlays ?? {})) {
    map.addSource(`over-${id}`, { type: "geojson", data: marks });
    for (const layer of overlayLayers(id)) map.addLayer(layer);
  }
  return Object.keys(overlays ?? {}).map((id) => `over-${id}`);
}

export function addData(map, data) {
  const sum = { sum: ["+", ["coalesce", ["get", "count"], 1]] };
  map.addSource("areas", { type: "geojson", data: data.areas ?? EMPTY, promoteId: "key" });
  map.addSource("labels", { type: "geojson", data: data.labels ?? EMPTY });
  map.addSource("points", {
    type: "geojson", data: data.features ?? EMPTY, promoteId: data.sized ? "key" : undefined,
    ...(data.cluster ? { cluster: true, clusterProperties: sum, clusterRadius: 40 } : {}),
  });
  for (const layer of dataLayers(data)) map.addLayer(layer);
  if (!data.named && (map.getSource("base") || map.getSource("tiles"))) map.addLayer(placeLabels(data.night, data.tiles), data.sized ? "values" : undefined);
  return ["points", "areas", ...addOverlays(map, data.overlays)];
}

function addClicks(map, data, gl, ids, box) {
  map.on("click", (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers: ids.filter((id) => map.getLayer(id)) });
    const over = found.find((one) => one.layer.id.startsWith("over-"));
    const first = over ?? found[0];
    if (!first || box.dataset.mode === "choose" || first.properties.cluster) return;
    new gl.Popup({ maxWidth: "18rem" }).setLngLat(event.lngLat).setDOMContent(popupOf(first.properties)).addTo(map);
  });
  for (const id of ids) {
    map.on("mouseenter", id, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", id, () => { map.getCanvas().style.cursor = ""; });
  }
  if (data.cluster) map.on("click", "clusters", async (event) => {
    const cluster = event.features[0];
    const zoom = await map.getSource("points").getClusterExpansionZoom(cluster.properties.cluster_id);
    map.easeTo({ center: cluster.geometry.coordinates, zoom });
  });
}

function addPicker(map, box, gl) {
  const lat = document.getElementById(box.dataset.pickLat);
  const lon = document.getElementById(box.dataset.pickLon);
  const place = box.closest(".place");
  const marker = new gl.Marker({ color: "#b3261e", draggable: true });
  const put = (lngLat) => {
    lat.value = lngLat.lat.toFixed(6);
    lon.value = lngLat.lng.toFixed(6);
    marker.setLngLat(lngLat).addTo(map);
    lat.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const fromFields = () => {
    if (!lat.value || !lon.value) return marker.remove();
    marker.setLngLat([Number(lon.value.replace(",", ".")), Number(lat.value.replace(",", "."))]).addTo(map);
    return map.easeTo({ center: marker.getLngLat() });
  };
  map.on("click", (event) => put(event.lngLat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); put(map.getCenter()); }
  });
  marker.on("dragend", () => put(marker.getLngLat()));
  for (const field of [lat, lon]) field.addEventListener("input", fromFields);
  place?.querySelector("[data-pick-clear]")?.addEventListener("click", () => { lat.value = lon.value = ""; marker.remove(); });
  place?.querySelector("[data-pick-here]")?.addEventListener("click", () => {
    navigator.geolocation?.getCurrentPosition(({ coords }) => {
      put(new gl.LngLat(coords.longitude, coords.latitude));
      map.easeTo({ center: marker.getLngLat(), zoom: 16 });
    });
  });
  if (lat.value && lon.value) fromFields();
}

// The library, with the protocol of a base map kept in one file; both once a page.
export async function library(data) {
  stylesheet(asset("maplibreCss"));
  await script(asset("maplibre"));
  const gl = window.maplibregl;
  gl.setWorkerUrl(asset("maplibreWorker"));
  if (data.tiles) {
    await script(asset("pmtiles"));
    if (!window.lookTiles) {
      window.lookTiles = new window.pmtiles.Protocol();
      gl.addProtocol("pmtiles", window.lookTiles.tile);
    }
  }
  return gl;
}

export function plainMap(gl, box, data, night = false) {
  const tiles = data.tiles && { ...data.tiles, url: `pmtiles://${location.origin}${data.tiles.url}` };
  const map = new gl.Map({
    container: box, style: baseStyle({ ...data, tiles }, night), center: data.center ?? [37.6, 55.75], zoom: data.zoom ?? 10,
    bounds: data.bounds, fitBoundsOptions: { padding: 24 }, locale: RU, dragRotate: false, pitchWithRotate: false,
    attributionControl: data.attribution ? { customAttribution: data.attribution, compact: true } : false,
    cooperativeGestures: false,
  });
  map.touchZoomRotate.disableRotation();
  return map;
}

async function draw(box) {
  const data = jsonOf(box.dataset.map);
  const gl = await library(data);
  box.replaceChildren();
  const map = plainMap(gl, box, data);
  box.lookMap = map;
  map.addControl(new gl.NavigationControl({ showCompass: false }), "top-right");
  map.getCanvas().setAttribute("aria-label", `${box.getAttribute("aria-label")}: полотно`);
  map.on("load", () => {
    addClicks(map, data, gl, addData(map, data), box);
    box.dispatchEvent(new CustomEvent("map:ready", { detail: { map, data, gl } }));
  });
  if (box.dataset.pickLat) addPicker(map, box, gl);
}

export function startMaps(root) {
  whenSeen(root, "[data-map]", (box) => draw(box).catch(() => {
    box.replaceChildren(Object.assign(document.createElement("p"), { className: "map-wait hint", textContent: "Карту показать не удалось. Данные есть в таблице." }));
  }));
}
