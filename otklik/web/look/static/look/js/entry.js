// Long cards filled in by keyboard: names completed from a list, rows added, known data put in.
const plain = (text) => text.toLocaleLowerCase("ru").replaceAll("ё", "е").trim();

function complete(input) {
  const typed = plain(input.value);
  if (!typed) return;
  const names = [...(input.list?.options ?? [])].map((option) => option.value);
  const found = [(name) => name === typed, (name) => name.startsWith(typed), (name) => name.includes(typed)]
    .map((fits) => names.filter((name) => fits(plain(name))))
    .find((fitting) => fitting.length);
  if (found?.length === 1) input.value = found[0];
}

function addRow(button) {
  const key = button.dataset.rowsAdd;
  const form = button.form;
  const total = form.elements[`${key}-TOTAL_FORMS`];
  const template = form.querySelector("template[data-rows-empty]");
  const row = document.createElement("div");
  row.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
  const block = row.firstElementChild;
  total.value = String(Number(total.value) + 1);
  block.querySelector("[data-row-number]").textContent = total.value;
  form.querySelector(`[data-rows="${key}"]`).append(block);
  block.querySelector("textarea, input")?.focus();
}

function fill(button) {
  const form = button.closest("form");
  for (const { name, value } of [...button.attributes]) {
    const field = name.startsWith("data-fill-") && form.elements[name.slice("data-fill-".length)];
    if (field && value) field.value = value;
  }
  (form.querySelector("[data-rows] textarea") ?? form.elements[0]).focus();
}

export function startEntry() {
  document.addEventListener("change", (event) => { if (event.target.matches?.("input[data-complete]")) complete(event.target); });
  document.addEventListener("click", (event) => {
    const add = event.target.closest?.("[data-rows-add]");
    const known = event.target.closest?.("[data-fill]");
    if (add) { event.preventDefault(); addRow(add); }
    if (known) fill(known);
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || !event.code.startsWith("Digit")) return;
    const known = document.querySelector(`[data-fill="${event.code.slice(5)}"]`);
    if (known) { event.preventDefault(); fill(known); }
  });
}
