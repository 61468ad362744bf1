// The inbox: the bar for several tasks at once, and rows that leave when somebody else has decided them.
import { all, fill, one } from "./dom.ts";

const POLL_MS = 15_000;
// As long as the closing of a gap takes (`--calm`).
const GAP_MS = 200;

type Live = { open: string[]; todo: number };

const list = one<HTMLFormElement>("[data-live]");
const bar = one("[data-bulk]");

function boxes(): HTMLInputElement[] {
  return list ? all<HTMLInputElement>("input[name=task]", list) : [];
}

function showSelection(): void {
  const selected = boxes().filter((box) => box.checked);
  for (const box of boxes()) box.closest("tr")?.classList.toggle("is-selected", box.checked);
  if (!bar) return;
  bar.hidden = selected.length === 0;
  document.body.classList.toggle("has-bulk", selected.length > 0);
  requireReason(selected.some((box) => "reason" in box.dataset));
  for (const text of all("[data-count-text]", bar)) {
    text.textContent = fill(text.dataset["countText"] ?? "", { count: selected.length });
  }
}

// The processes of the selected tasks say whether rejecting them needs a reason.
function requireReason(needed: boolean): void {
  const button = one("[data-bulk-reject]");
  if (button && needed) button.dataset["needs"] = "comment";
  else if (button) delete button.dataset["needs"];
  for (const hint of all("[data-reason-needed]")) hint.hidden = !needed;
  for (const hint of all("[data-reason-open]")) hint.hidden = needed;
}

list?.addEventListener("change", showSelection);

one("[data-bulk-clear]")?.addEventListener("click", () => {
  for (const box of boxes()) box.checked = false;
  showSelection();
});

// `a` and `r` on a row: a row that may go with others is selected first, any other is opened to be read.
document.addEventListener("keydown", (event) => {
  if (event.key !== "a" && event.key !== "r") return;
  if (!bar?.hidden || event.target instanceof HTMLTextAreaElement) return;
  const row = one(".is-focus[data-row]");
  const box = row && one<HTMLInputElement>("input[name=task]", row);
  if (!box) return;
  event.preventDefault();
  if (box.disabled) one<HTMLAnchorElement>("a", row)?.click();
  else box.click();
});

async function poll(address: string): Promise<void> {
  if (document.hidden) return;
  try {
    const shown = new URLSearchParams(all("[data-row]", list ?? document).map((row) => ["task", row.dataset["row"] ?? ""]));
    const response = await fetch(`${address}?${shown}`, { headers: { accept: "application/json" } });
    if (!response.ok) return;
    const live = (await response.json()) as Live;
    removeDone(new Set(live.open));
    announceNew(live);
    for (const count of all("[data-todo-count]")) {
      count.textContent = String(live.todo);
      count.hidden = live.todo === 0;
    }
  } catch {
    // The network is away; the offline banner says so and the next poll tries again.
  }
}

function removeDone(open: Set<string>): void {
  for (const row of all("[data-row]", list ?? document)) {
    const id = row.dataset["row"] ?? "";
    if (open.has(id) || row.classList.contains("is-leaving")) continue;
    row.classList.add("is-leaving");
    setTimeout(() => {
      const group = row.closest("tbody");
      row.remove();
      const left = group ? all("[data-row]", group).length : 0;
      const count = group && one(".g .n", group);
      if (count) count.textContent = String(left);
      if (left === 0) group?.remove();
      showSelection();
    }, GAP_MS);
  }
}

// What the page does not show is more than it was when the page was made.
let unseen = Number(list?.dataset["todo"] ?? 0) - all("[data-row]", list ?? document).length;

function announceNew({ open, todo }: Live): void {
  const fresh = Math.max(0, todo - open.length - unseen);
  const notice = one("[data-live-new]");
  if (!notice) return;
  notice.hidden = fresh === 0;
  const text = one("[data-count-text]", notice);
  if (text) text.textContent = fill(text.dataset["countText"] ?? "", { count: fresh });
}

const address = list?.dataset["live"];
if (address) setInterval(() => void poll(address), POLL_MS);
showSelection();
