// A request being written: the way it will take, and how many records it asks for, follow what is typed.
// The server answers every change with the same page part that it would answer a press of "check" with; here it is put in place.
import { all, one } from "./dom.ts";

const TYPING_MS = 400;
const CHOOSING_MS = 60;
// Buttons that change the form itself; "submit" alone leaves the page.
const REWRITES = /^(add|remove|sample|mask|refresh)/;

const form = one<HTMLFormElement>("form[data-preview]");
const touched = new Set<string>();
let timer = 0;
let reshaped = false;
let rewriting = false;
let running: AbortController | null = null;

function body(action: string): URLSearchParams {
  const fields = new URLSearchParams();
  if (!form) return fields;
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  fields.set("do", action);
  return fields;
}

async function ask(action: string): Promise<Document | null> {
  running?.abort();
  const mine = new AbortController();
  running = mine;
  form?.classList.add("is-waiting");
  try {
    const answer = await fetch(form?.dataset["preview"] ?? "", { method: "POST", body: body(action), signal: mine.signal });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  } finally {
    // One that was overtaken leaves the sign of waiting to the one that overtook it.
    if (running === mine) form?.classList.remove("is-waiting");
  }
}

/** Keeps the focus where it was, by the name of the control. */
function replacing(change: () => void): void {
  const before = document.activeElement;
  const key = before?.id || before?.getAttribute("name");
  const value = before instanceof HTMLButtonElement ? before.value : null;
  change();
  if (!key || document.activeElement === before) return;
  const after = all(`[name="${CSS.escape(key)}"], #${CSS.escape(key)}`).find((control) => value === null || control.getAttribute("value") === value);
  after?.focus({ preventScroll: true });
}

function put(answer: Document, selector: string): void {
  const [from, to] = [one(selector, answer), one(selector)];
  if (from && to) to.replaceChildren(...from.childNodes);
}

/** What is wrong with a field that was changed, or that it is mended. */
function judge(answer: Document, name: string): void {
  const id = `#${CSS.escape(`field-${name}`)}`;
  const [now, then] = [one(id), one(id, answer)];
  const [here, there] = [now?.closest(".fld"), then?.closest(".fld")];
  if (!now || !then || !here || !there) return;
  for (const old of all(":scope > .err", here)) old.remove();
  const problem = one(":scope > .err", there);
  if (problem) now.after(problem);
  now.classList.toggle("is-invalid", problem !== null);
  for (const attribute of ["aria-invalid", "aria-describedby"]) {
    const value = then.getAttribute(attribute);
    if (value === null) now.removeAttribute(attribute);
    else now.setAttribute(attribute, value);
  }
}

async function follow(): Promise<void> {
  // A form that is being rewritten is asked about afterwards; to overtake the answer would lose what was pressed.
  if (rewriting) {
    later(CHOOSING_MS);
    return;
  }
  const answer = await ask("refresh");
  if (!answer) return;
  replacing(() => {
    put(answer, "#start-side");
    for (const count of all(".count")) if (count.id) put(answer, `#${CSS.escape(count.id)}`);
    if (reshaped) put(answer, ".conds");
    for (const name of touched) judge(answer, name);
  });
  reshaped = false;
}

async function rewrite(button: HTMLButtonElement): Promise<void> {
  if (rewriting) return;
  rewriting = true;
  const answer = await ask(button.value);
  rewriting = false;
  if (!answer || !one("#start-main", answer)) {
    form?.requestSubmit(button);
    return;
  }
  replacing(() => {
    put(answer, "#start-main");
    put(answer, "#start-side");
  });
}

function later(milliseconds: number): void {
  clearTimeout(timer);
  // What is being answered speaks of the form as it was; it must not take back what has just been chosen.
  if (!rewriting) running?.abort();
  timer = window.setTimeout(() => void follow(), milliseconds);
}

form?.addEventListener("input", () => later(TYPING_MS));
form?.addEventListener("change", (event) => {
  const control = event.target;
  if (!(control instanceof HTMLElement)) return;
  reshaped ||= "reshapes" in control.dataset;
  touched.add((control.getAttribute("name") ?? "").split(".")[0] ?? "");
  later(CHOOSING_MS);
});
form?.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[name=do]") : null;
  if (!button || !REWRITES.test(button.value)) return;
  event.preventDefault();
  void rewrite(button);
});
