// Names and sizes of chosen files under a file field.
import { size } from "./tools.js";

export function startFiles(root) {
  for (const box of root.querySelectorAll("[data-file-input]:not([data-started])")) {
    box.dataset.started = "1";
    const input = box.querySelector('input[type="file"]');
    const list = box.querySelector("[data-file-list]");
    input?.addEventListener("change", () => {
      list.replaceChildren(...[...input.files].map((file) => {
        const row = document.createElement("li");
        const words = Object.assign(document.createElement("span"), { className: "files-words", textContent: file.name });
        words.append(Object.assign(document.createElement("span"), { className: "hint", textContent: size(file.size) }));
        row.append(words);
        return row;
      }));
      list.hidden = !input.files.length;
    });
  }
}
