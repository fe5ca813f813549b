// A table wider than its place scrolls inside its card; others keep their heading in sight.
const places = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));

function fit(place) {
  const table = place.querySelector("table");
  if (table) place.classList.toggle("scrolls", table.scrollWidth > place.clientWidth + 1);
}

export function startTables(root) {
  for (const place of root.querySelectorAll(".grid-wrap")) {
    fit(place);
    places.observe(place);
  }
}
