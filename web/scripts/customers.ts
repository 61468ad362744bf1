// A register: filters apply themselves, and the look behind a mask opens beside it. Each works as a page of its own without script.
import { all, one } from "./dom.ts";

const EDGE_PX = 12;
const PHONE = "(max-width: 767.98px)";

for (const form of all<HTMLFormElement>("form[data-submits-itself]")) {
  for (const button of all("button", form)) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const mask = event.target.closest<HTMLAnchorElement>("a[data-reveals]");
  if (mask) {
    event.preventDefault();
    void open(mask);
  }
  const close = event.target.closest("dialog a[data-closes]");
  if (close) {
    event.preventDefault();
    close.closest("dialog")?.close();
  }
});

async function page(address: string, request?: RequestInit): Promise<Document | null> {
  try {
    const answer = await fetch(address, request);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

async function open(mask: HTMLAnchorElement): Promise<void> {
  const asked = one("form[data-reveal-form]", (await page(mask.href)) ?? document.createElement("i"));
  if (!asked) {
    location.assign(mask.href);
    return;
  }
  const sheet = document.createElement("dialog");
  sheet.className = "pop reveal-sheet";
  sheet.setAttribute("aria-labelledby", "reveal-h");
  sheet.append(asked);
  sheet.addEventListener("close", () => {
    sheet.remove();
    mask.focus();
  });
  sheet.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.target instanceof HTMLFormElement) void look(event.target, sheet, mask);
  });
  // Where the window is, lest the focus that it gets scrolls the page to where it would stand in it.
  sheet.style.position = "fixed";
  document.body.append(sheet);
  sheet.showModal();
  place(sheet, mask);
}

/** Under the mask, inside the window; a phone has a sheet at its lower edge instead. */
function place(sheet: HTMLElement, mask: HTMLElement): void {
  if (matchMedia(PHONE).matches) return;
  const [from, size] = [mask.getBoundingClientRect(), sheet.getBoundingClientRect()];
  const left = Math.min(from.left - EDGE_PX, innerWidth - size.width - EDGE_PX);
  const below = from.bottom + 4;
  const top = below + size.height + EDGE_PX > innerHeight ? Math.max(EDGE_PX, from.top - size.height - 4) : below;
  sheet.style.left = `${Math.max(EDGE_PX, left)}px`;
  sheet.style.top = `${top}px`;
}

/** Asks for the value: it takes the place of its mask, or the form comes back and says what is missing. */
async function look(form: HTMLFormElement, sheet: HTMLDialogElement, mask: HTMLElement): Promise<void> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
  const answer = await page(form.action, { method: "POST", body: fields });
  const shown = answer && one(".shown[data-seconds]", answer);
  const again = answer && one("form[data-reveal-form]", answer);
  if (shown) {
    mask.replaceWith(shown);
    sheet.close();
    shown.tabIndex = -1;
    shown.focus({ preventScroll: true });
  } else if (again) {
    sheet.replaceChildren(again);
    one(".is-invalid, input", again)?.focus();
  } else {
    form.submit();
  }
}
