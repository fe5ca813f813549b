// Map style: own plain base or a PMTiles file of the installation; nothing from outside.
const EMPTY = { type: "FeatureCollection", features: [] };
const kind = (...names) => ["in", ["get", "kind"], ["literal", names]];
const AREA = ["match", ["geometry-type"], ["Polygon", "MultiPolygon"], true, false];
// One hue, even steps of lightness: told apart by any eye, on paper too. Night runs the other way.
export const HEAT = ["#f7e3b5", "#f3c074", "#ea944a", "#d3602f", "#8f2416"];
const NIGHT_HEAT = ["#4a3418", "#7a4a1c", "#b3651f", "#e6902f", "#ffd27a"];
// Blue and orange stay different for those who do not tell red from green.
const CHANGE = { "-2": "#2166ac", "-1": "#92c5de", 1: "#f4b678", 2: "#b35806" };
const DAY = { ground: "#eef1f4", land: "#f9faf8", green: "#dcebd9", water: "#c9def0", river: "#b3d0ea", building: "#e2e0da", edge: "#cfd3d8", road: "#fff", border: "#7b8794", none: "#f3f4f6", ink: "#1c2430", halo: "#fff" };
const NIGHT = { ground: "#0f151d", land: "#18212c", green: "#1a2a24", water: "#15324c", river: "#1d4468", building: "#222b36", edge: "#2a3441", road: "#3a4654", border: "#7b8794", none: "#222c38", ink: "#f2f5f8", halo: "#0f151d" };

const paints = (night) => (night ? NIGHT : DAY);

function ownLayers(tone) {
  const layer = (id, type, filter, paint, more = {}) => ({ id, type, source: "base", filter, paint, ...more });
  return [
    layer("land", "fill", ["all", kind("boundary"), AREA], { "fill-color": tone.land }),
    layer("green", "fill", ["all", kind("green"), AREA], { "fill-color": tone.green }),
    layer("water", "fill", ["all", kind("water"), AREA], { "fill-color": tone.water }),
    layer("river", "line", ["all", kind("water"), ["!", AREA]], { "line-color": tone.river, "line-width": 2 }),
    layer("building", "fill", ["all", kind("building"), AREA], { "fill-color": tone.building }, { minzoom: 13 }),
    layer("road-edge", "line", kind("road"), { "line-color": tone.edge, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 1, 15, 7] }),
    layer("road", "line", kind("road"), { "line-color": tone.road, "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.4, 15, 5] }),
  ];
}

// Names of source layers in the two usual schemas: Protomaps and OpenMapTiles.
function tileLayers(tiles, tone) {
  const has = new Set(tiles.layers);
  const layer = (id, type, names, paint, more = {}) => names.filter((name) => has.has(name))
    .map((name) => ({ id: `${id}-${name}`, type, source: "tiles", "source-layer": name, paint, ...more }));
  const wide = (near, far) => ["interpolate", ["exponential", 1.6], ["zoom"], 7, near, 17, far];
  return [
    ...layer("t-land", "fill", ["earth"], { "fill-color": tone.land }),
    ...layer("t-green", "fill", ["landcover", "landuse", "park"], { "fill-color": tone.green, "fill-opacity": 0.6 }),
    ...layer("t-water", "fill", ["water"], { "fill-color": tone.water }, { filter: AREA }),
    ...layer("t-river", "line", ["waterway", "water"], { "line-color": tone.river, "line-width": wide(0.6, 4) }, { filter: ["!", AREA] }),
    ...layer("t-building", "fill", ["building", "buildings"], { "fill-color": tone.building }, { minzoom: 13 }),
    ...layer("t-road-edge", "line", ["roads", "transportation"], { "line-color": tone.edge, "line-width": wide(0.8, 16) }),
    ...layer("t-road", "line", ["roads", "transportation"], { "line-color": tone.road, "line-width": wide(0.3, 12) }),
    ...layer("t-border", "line", ["boundaries", "boundary"], { "line-color": tone.border, "line-width": 1, "line-dasharray": [3, 2] }),
  ];
}

export function baseStyle(data, night = false) {
  if (data.base?.version) return data.base;
  const tone = paints(night);
  const sources = { base: { type: "geojson", data: data.base ?? EMPTY } };
  const layers = [{ id: "ground", type: "background", paint: { "background-color": tone.ground } }];
  if (data.tiles?.raster) {
    sources.tiles = { type: "raster", url: data.tiles.url, tileSize: 256 };
    layers.push({ id: "t-raster", type: "raster", source: "tiles", paint: night ? { "raster-brightness-max": 0.45 } : {} });
  } else if (data.tiles) {
    sources.tiles = { type: "vector", url: data.tiles.url };
    layers.push(...tileLayers(data.tiles, tone));
  } else layers.push(...ownLayers(tone));
  layers.push({ id: "boundary", type: "line", source: "base", filter: kind("boundary"), paint: { "line-color": tone.border, "line-width": 1.4, "line-dasharray": [3, 2] } });
  return { version: 8, sources, layers };
}

export const levelNow = ["coalesce", ["feature-state", "level"], ["get", "level"], 0];

export function shade(diverging, night) {
  const tone = paints(night);
  if (diverging) return ["match", levelNow, ...Object.entries(CHANGE).flatMap(([level, colour]) => [Number(level), colour]), tone.none];
  const scale = night ? NIGHT_HEAT : HEAT;
  return ["step", levelNow, tone.none, ...scale.flatMap((colour, place) => [place + 1, colour])];
}

const flag = (name, yes, no) => ["case", ["boolean", ["feature-state", name], false], yes, no];
const text = (tone) => ({ paint: { "text-color": tone.ink, "text-halo-color": tone.halo, "text-halo-width": 1.8 } });

export function dataLayers({ heat, cluster, sized, diverging, night, named, large }) {
  const tone = paints(night);
  const marks = ["match", ["get", "tone"], "danger", "#b3261e", "warn", "#c98a1b", "ok", "#1d6f42", "#1b5fa8"];
  const single = ["!", ["has", "point_count"]];
  const write = text(tone);
  const layers = [
    { id: "areas", type: "fill", source: "areas", paint: { "fill-color": shade(diverging, night), "fill-opacity": ["case", ["==", levelNow, 0], 0.35, 0.78] } },
    { id: "areas-line", type: "line", source: "areas", paint: { "line-color": night ? "#5a6675" : "#8a6b4a", "line-opacity": 0.55, "line-width": 1 } },
    { id: "chosen", type: "line", source: "areas", paint: { "line-color": "#10416f", "line-width": flag("chosen", 4, 0) } },
    { id: "current", type: "line", source: "areas", paint: { "line-color": tone.ink, "line-width": flag("current", 3, 0), "line-dasharray": [1.5, 1] } },
  ];
  if (heat) layers.push({ id: "heat", type: "heatmap", source: "points", maxzoom: 13, paint: {
    "heatmap-weight": ["interpolate", ["linear"], ["coalesce", ["get", "sum"], ["get", "count"], 1], 1, 0.3, 50, 1],
    "heatmap-radius": ["interpolate", ["linear"], ["zoom"], 8, 14, 13, 34],
    "heatmap-opacity": 0.7,
    "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(247,227,181,0)", 0.2, HEAT[0], 0.4, HEAT[1], 0.6, HEAT[2], 0.8, HEAT[3], 1, HEAT[4]],
  } });
  const rim = ["case", ["boolean", ["get", "late"], false], "#7a0f0a", tone.halo];
  layers.push({ id: "points", type: "circle", source: "points", filter: single, paint: sized
    ? { "circle-color": shade(diverging, night), "circle-radius": ["step", levelNow, 8, 1, 10, 2, 12, 3, 14, 4, 16, 5, 18], "circle-stroke-color": flag("current", tone.ink, flag("chosen", "#10416f", rim)), "circle-stroke-width": flag("current", 4, flag("chosen", 4, 2)) }
    : { "circle-color": marks, "circle-radius": 7, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } });
  if (cluster) layers.push(
    { id: "clusters", type: "circle", source: "points", filter: ["has", "point_count"], paint: { "circle-color": "#1b5fa8", "circle-opacity": 0.92, "circle-radius": ["step", ["coalesce", ["get", "sum"], ["get", "point_count"]], 14, 10, 18, 100, 24], "circle-stroke-color": "#fff", "circle-stroke-width": 2 } },
    { id: "cluster-count", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["to-string", ["coalesce", ["get", "sum"], ["get", "point_count"]]], "text-size": 13, "text-allow-overlap": true }, paint: { "text-color": "#fff" } },
  );
  const words = named ? ["format", ["get", "short"], {}, "\n", {}, ["get", "value"], { "font-scale": 1.35 }] : ["get", "value"];
  const label = (id, source, filter, field) => ({ id, type: "symbol", source, filter, layout: { "text-field": field, "text-size": large ? 20 : 13, "text-padding": 1, "text-max-width": 8, "symbol-sort-key": ["-", ["get", "count"]] }, paint: write.paint });
  const some = named ? true : ["!", ["in", ["get", "value"], ["literal", ["0", "—"]]]];
  if (sized) layers.push(label("values", "labels", some, words), label("point-values", "points", single, ["get", "value"]));
  return layers;
}

// What stands over the layer: a square, so that it is told from the round points by its form too.
export const overlayLayers = (id) => [
  { id: `over-${id}`, type: "circle", source: `over-${id}`, paint: { "circle-radius": 10, "circle-color": "#fff", "circle-stroke-color": "#5b2a86", "circle-stroke-width": 3 } },
  { id: `over-${id}-sign`, type: "symbol", source: `over-${id}`, layout: { "text-field": "!", "text-size": 15, "text-allow-overlap": true }, paint: { "text-color": "#5b2a86" } },
];

export const placeLabels = (night, tiles) => {
  const tone = paints(night);
  const own = { source: "base", filter: kind("place") };
  const tiled = { source: "tiles", "source-layer": tiles?.layers?.includes("places") ? "places" : "place" };
  return {
    id: "places", type: "symbol", ...(tiles && !tiles.raster && /places?/.test(tiles.layers?.join(" ") ?? "") ? tiled : own),
    layout: { "text-field": ["coalesce", ["get", "name:ru"], ["get", "name"]], "text-size": 13, "text-padding": 6, "text-offset": [0, 1.9], "text-optional": true },
    paint: { "text-color": tone.ink, "text-halo-color": tone.halo, "text-halo-width": 1.6 },
  };
};
export { EMPTY };
