// A download answers with a file, not with a page: the panel is brought up to date beside it.
import { one } from "./dom.ts";

// By then the server has counted the download.
const COUNTED_MS = 2500;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("keeps" in form.dataset)) return;
  setTimeout(() => void refresh(form), COUNTED_MS);
});

async function refresh(form: HTMLFormElement): Promise<void> {
  delete form.dataset["sent"];
  for (const button of form.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
  // A password that is told once must not vanish by itself.
  const panel = one("#delivery");
  if (!panel || one("#password")) return;
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const next = one("#delivery", new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (next) panel.replaceWith(next);
}
