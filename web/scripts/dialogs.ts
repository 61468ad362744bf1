// `<button commandfor="id" command="show-modal">` for browsers that do not know invoker commands yet, and a click beside a dialog closes it.
import { one } from "./dom.ts";

const native = "commandForElement" in HTMLButtonElement.prototype;

document.addEventListener("click", (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  if (target instanceof HTMLDialogElement && target.dataset["closes"] === "outside") target.close();
  const button = target.closest<HTMLButtonElement>("button[commandfor]");
  if (!button || native) return;
  const dialog = one<HTMLDialogElement>(`#${CSS.escape(button.getAttribute("commandfor") ?? "")}`);
  if (button.getAttribute("command") === "show-modal") dialog?.showModal();
  if (button.getAttribute("command") === "close") dialog?.close();
});
