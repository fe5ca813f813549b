// Map style over the municipality's own GeoJSON: no outside tiles, no outside fonts.
const EMPTY = { type: "FeatureCollection", features: [] };
const kind = (...names) => ["in", ["get", "kind"], ["literal", names]];
const AREA = ["match", ["geometry-type"], ["Polygon", "MultiPolygon"], true, false];
const HEAT = ["#f7e3b5", "#f3c074", "#ea944a", "#d3602f", "#a83220"];

export function baseStyle(base) {
  if (base?.version) return base;
  const layer = (id, type, filter, paint, more = {}) => ({ id, type, source: "base", filter, paint, ...more });
  return {
    version: 8,
    sources: { base: { type: "geojson", data: base ?? EMPTY } },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": "#eef1f4" } },
      layer("land", "fill", ["all", kind("boundary"), AREA], { "fill-color": "#f9faf8" }),
      layer("green", "fill", ["all", kind("green"), AREA], { "fill-color": "#dcebd9" }),
      layer("water", "fill", ["all", kind("water"), AREA], { "fill-color": "#c9def0" }),
      layer("river", "line", ["all", kind("water"), ["!", AREA]], { "line-color": "#b3d0ea", "line-width": 2 }),
      layer("building", "fill", ["all", kind("building"), AREA], { "fill-color": "#e2e0da" }, { minzoom: 13 }),
      layer("road-edge", "line", kind("road"), { "line-color": "#cfd3d8", "line-width": ["interpolate", ["linear"], ["zoom"], 9, 1, 15, 7] }),
      layer("road", "line", kind("road"), { "line-color": "#fff", "line-width": ["interpolate", ["linear"], ["zoom"], 9, 0.4, 15, 5] }),
      layer("boundary", "line", kind("boundary"), { "line-color": "#7b8794", "line-width": 1.4, "line-dasharray": [3, 2] }),
    ],
  };
}

export function dataLayers({ heat, cluster }) {
  const tone = ["match", ["get", "tone"], "danger", "#b3261e", "warn", "#c98a1b", "ok", "#1d6f42", "#1b5fa8"];
  const single = ["!", ["has", "point_count"]];
  const layers = [
    { id: "areas", type: "fill", source: "areas", paint: { "fill-color": ["step", ["get", "level"], "#f3f4f6", 1, HEAT[0], 2, HEAT[1], 3, HEAT[2], 4, HEAT[3], 5, HEAT[4]], "fill-opacity": 0.72 } },
    { id: "areas-line", type: "line", source: "areas", paint: { "line-color": "#fff", "line-width": 1 } },
  ];
  if (heat) layers.push({ id: "heat", type: "heatmap", source: "points", paint: {
    "heatmap-weight": ["coalesce", ["get", "weight"], 1],
    "heatmap-radius": ["interpolate", ["linear"], ["zoom"], 8, 12, 15, 34],
    "heatmap-opacity": 0.8,
    "heatmap-color": ["interpolate", ["linear"], ["heatmap-density"], 0, "rgba(247,227,181,0)", 0.2, HEAT[0], 0.4, HEAT[1], 0.6, HEAT[2], 0.8, HEAT[3], 1, HEAT[4]],
  } });
  const points = { id: "points", type: "circle", source: "points", filter: single, paint: { "circle-color": tone, "circle-radius": 7, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } };
  if (heat) points.minzoom = 14;
  layers.push(points);
  if (cluster) layers.push(
    { id: "clusters", type: "circle", source: "points", filter: ["has", "point_count"], paint: { "circle-color": "#1b5fa8", "circle-opacity": 0.92, "circle-radius": ["step", ["get", "point_count"], 14, 10, 18, 100, 24], "circle-stroke-color": "#fff", "circle-stroke-width": 2 } },
    { id: "cluster-count", type: "symbol", source: "points", filter: ["has", "point_count"], layout: { "text-field": ["to-string", ["get", "point_count"]], "text-size": 13, "text-allow-overlap": true }, paint: { "text-color": "#fff" } },
  );
  return layers;
}

export const placeLabels = {
  id: "places", type: "symbol", source: "base", filter: kind("place"),
  layout: { "text-field": ["get", "name"], "text-size": 13, "text-padding": 6 },
  paint: { "text-color": "#3a4553", "text-halo-color": "#fff", "text-halo-width": 1.6 },
};
export { EMPTY };
