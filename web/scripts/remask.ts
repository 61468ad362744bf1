// A revealed value (`data-seconds` on it) counts down and is masked again: the value leaves the page, its mask comes back.
import { all, fill, one } from "./dom.ts";

const SECOND_MS = 1000;

function count(shown: HTMLElement): void {
  const ends = Date.now() + Number(shown.dataset["seconds"]) * SECOND_MS;
  const timer = one("[role=timer]", shown);
  const step = (): void => {
    const left = Math.ceil((ends - Date.now()) / SECOND_MS);
    if (left <= 0) {
      shown.textContent = shown.dataset["masked"] ?? "";
      shown.className = "muted";
      clearInterval(clock);
    } else if (timer) {
      timer.textContent = fill(timer.dataset["countText"] ?? "", { seconds: left });
    }
  };
  const clock = setInterval(step, SECOND_MS);
  delete shown.dataset["seconds"];
}

function start(): void {
  for (const shown of all("[data-seconds]")) count(shown);
}

// A value may also arrive without a reload.
new MutationObserver(start).observe(document.body, { childList: true, subtree: true });
start();

// A page that comes back from the browser's cache must not show what was masked meanwhile.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && one(".shown")) location.reload();
});
