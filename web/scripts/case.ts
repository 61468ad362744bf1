// A case that goes on while it is looked at: the file that is being made, and the download beside the page.
import { all, fill, one } from "./dom.ts";

// By then the server has counted the download.
const COUNTED_MS = 2500;
const PROGRESS_MS = 1000;
// Before that a guess of what is left would jump about.
const GUESSED_FROM_MS = 3000;
// What a finished file changes beside its own panel.
const PARTS = ["#delivery", "#standing", "#progress", "#history"];

type Progress = { state: string; written: number; again: boolean };

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !("keeps" in form.dataset)) return;
  setTimeout(() => void counted(form), COUNTED_MS);
});

// A download answers with a file, not with a page: the panel is brought up to date beside it.
async function counted(form: HTMLFormElement): Promise<void> {
  delete form.dataset["sent"];
  for (const button of form.querySelectorAll(".is-busy")) button.classList.remove("is-busy");
  // A password that is told once must not vanish by itself.
  if (!one("#password")) await refresh(["#delivery"]);
}

async function refresh(parts: string[]): Promise<void> {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const [now, next] = [one(part), one(part, page)];
    if (now && next) now.replaceWith(next);
  }
}

let began = { at: 0, written: 0 };

async function follow(): Promise<void> {
  const panel = one("[data-progress]");
  if (!panel) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(panel.dataset["progress"] ?? "", { headers: { accept: "application/json" } });
      if (answer.ok) show(panel, (await answer.json()) as Progress);
    } catch {
      // The network is away; the offline banner says so and the next look tries again.
    }
  }
  setTimeout(() => void follow(), PROGRESS_MS);
}

function show(panel: HTMLElement, { state, written, again }: Progress): void {
  // Made, stopped, or tried again later: the page says which.
  if (state !== panel.dataset["state"]) return void refresh(PARTS);
  const bar = one<HTMLProgressElement>("progress", panel);
  if (!bar) return;
  const done = Math.min(written, bar.max);
  if (began.at === 0 || done < bar.value) began = { at: Date.now(), written: done };
  bar.value = done;
  for (const hint of all("[data-progress-again]", panel)) hint.hidden = !again;
  const text = one("[data-progress-text]", panel);
  if (!text) return;
  const [spent, speed] = [Date.now() - began.at, (done - began.written) / (Date.now() - began.at)];
  const guessed = spent >= GUESSED_FROM_MS && speed > 0 && done < bar.max;
  const format = new Intl.NumberFormat(document.documentElement.lang);
  const seconds = guessed ? Math.max(1, Math.round((bar.max - done) / speed / 1000)) : 0;
  const words = text.dataset[guessed ? "progressLeft" : "progressText"] ?? "";
  text.textContent = fill(words, { done: format.format(done), seconds: format.format(seconds) });
}

setTimeout(() => void follow(), PROGRESS_MS);
