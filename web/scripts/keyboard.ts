// Keys: any visible control with `data-key="a"` is pressed by that key; `/` goes to the search, `?` shows all keys.
// Lists (`data-rows`): j and k move, Enter opens, x selects.
import { all, isTyping, one } from "./dom.ts";

const ROW = "[data-row]";
const FOCUS = "is-focus";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isTyping(event.target) || one("dialog[open]")) return;
  if (act(event.key)) event.preventDefault();
});

function act(key: string): boolean {
  if (key === "/") return focusSearch();
  if (key === "?") return showKeys();
  if (key === "j" || key === "k") {
    if (move(key === "j" ? 1 : -1)) return true;
  }
  if (key === "Enter") return !isControl(document.activeElement) && openRow();
  if (key === "x") return selectRow();
  return press(key);
}

function press(key: string): boolean {
  const control = all(`[data-key="${CSS.escape(key.toLowerCase())}"]`).find((element) => element.checkVisibility());
  if (!control || control.matches(":disabled")) return false;
  const asked = asks(control);
  if (asked) {
    asked.focus();
    return true;
  }
  control.focus();
  control.click();
  return true;
}

// `data-asks="comment"`: what a key does at once cannot be explained any more, so that the key leads to the empty field first.
function asks(control: HTMLElement): HTMLElement | null {
  const name = control.dataset["asks"];
  const form = control.closest("form");
  const field = name && form ? form.elements.namedItem(name) : null;
  return field instanceof HTMLTextAreaElement && field.value.trim() === "" ? field : null;
}

function focusSearch(): boolean {
  const field = one<HTMLInputElement>("#search");
  field?.focus();
  return field !== null;
}

function showKeys(): boolean {
  const dialog = one<HTMLDialogElement>("#keys-dialog");
  dialog?.showModal();
  return dialog !== null;
}

function move(step: 1 | -1): boolean {
  const rows = all(`[data-rows] ${ROW}`);
  if (rows.length === 0) return false;
  const now = rows.findIndex((row) => row.classList.contains(FOCUS));
  const next = now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + step));
  rows[now]?.classList.remove(FOCUS);
  const row = rows[next];
  row?.classList.add(FOCUS);
  one("a", row)?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  return true;
}

function focusedRow(): HTMLElement | null {
  return one(`[data-rows] ${ROW}.${FOCUS}`) ?? document.activeElement?.closest<HTMLElement>(ROW) ?? null;
}

function openRow(): boolean {
  const link = one<HTMLAnchorElement>("a", focusedRow() ?? document.createElement("i"));
  link?.click();
  return link !== null;
}

function selectRow(): boolean {
  const row = focusedRow();
  const box = row && one<HTMLInputElement>("input[type=checkbox]", row);
  if (!box || box.disabled) return false;
  box.click();
  return true;
}

function isControl(element: Element | null): boolean {
  return element !== null && element.matches("a, button, summary, input, select, textarea");
}

// The mouse and the Tab key move the marked row as well.
document.addEventListener("focusin", (event) => {
  const row = event.target instanceof Element ? event.target.closest(ROW) : null;
  if (!row) return;
  for (const other of all(`${ROW}.${FOCUS}`)) other.classList.toggle(FOCUS, other === row);
  row.classList.add(FOCUS);
});
