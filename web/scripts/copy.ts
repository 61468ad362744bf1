// `<button data-copies="id">` puts a text, shown once, on the clipboard and says so.
import { one } from "./dom.ts";

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("[data-copies]") : null;
  const source = button && one(`#${CSS.escape(button.dataset["copies"] ?? "")}`);
  if (!button || !source) return;
  void navigator.clipboard.writeText(source.textContent ?? "").then(() => {
    const label = one("[data-done-text]", button);
    if (label) label.textContent = label.dataset["doneText"] ?? label.textContent;
    return null;
  });
});
