// A form is sent once; a button that needs a reason says so beside the field, not in a dialog.
import { one } from "./dom.ts";

// After this long a button shows that it is at work.
const SPINNER_MS = 400;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method === "dialog") return;
  if (form.dataset["sent"] === "yes" || !hasReason(form, event.submitter)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  form.dataset["sent"] = "yes";
  const button = event.submitter;
  if (button) setTimeout(() => button.classList.add("is-busy"), SPINNER_MS);
});

// A page that comes back from the browser's cache may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset["sent"];
  for (const button of document.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
});

function hasReason(form: HTMLFormElement, submitter: HTMLElement | null): boolean {
  const name = submitter?.dataset["needs"];
  if (!name) return true;
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return true;
  const message = one(`#${CSS.escape(`${field.id}-error`)}`);
  const missing = field.value.trim() === "";
  field.classList.toggle("is-invalid", missing);
  field.toggleAttribute("aria-invalid", missing);
  if (message) message.hidden = !missing;
  if (missing) field.focus();
  return !missing;
}
