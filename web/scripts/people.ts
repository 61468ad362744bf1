// A field in which somebody is named: what is typed finds them among all people. And a link that opens a small form.
import { all, one } from "./dom.ts";

const TYPING_MS = 200;

type Found = { value: string; label: string };

for (const field of all<HTMLInputElement>("input[data-people]")) {
  let waiting = 0;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => void find(field), TYPING_MS);
  });
}

async function find(field: HTMLInputElement): Promise<void> {
  const [list, token] = [field.list, field.form?.elements.namedItem("csrf_token")];
  const typed = field.value.trim();
  if (!(list instanceof HTMLDataListElement) || !(token instanceof HTMLInputElement) || typed === "") return;
  try {
    // What is typed may be a name, so that it goes into the body and not into the address.
    const body = new URLSearchParams({ csrf_token: token.value, q: typed });
    const answer = await fetch(field.dataset["people"] ?? "", { method: "POST", body });
    if (!answer.ok || field.value.trim() !== typed) return;
    const found = (await answer.json()) as Found[];
    if (found.some(({ value }) => value === typed)) return;
    list.replaceChildren(...found.map(({ value, label }) => new Option(label, value)));
  } catch {
    // The network is away: a login or a full name may still be typed.
  }
}

for (const link of all<HTMLAnchorElement>("a[data-opens]")) {
  const form = one<HTMLDetailsElement>(`#${CSS.escape(link.dataset["opens"] ?? "")}`);
  if (!form) continue;
  // Its own word need not stand beside the link.
  form.classList.add("by-link");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    form.open = true;
    const field = one<HTMLElement>("textarea", form);
    field?.focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  });
}
