// The demo company, served by the debug binary on an empty folder with a clock that moves by hand.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import readline from "node:readline";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SECOND_MS = 1000;
const SHANGHAI_AHEAD_MS = 8 * 60 * 60 * SECOND_MS;
const STRIDE_HOURS = 3;
// Longer than any reminder, escalation and long holiday together.
const HOURS_MAX = 24 * 21;

function binary() {
  if (process.env.CHANCERY_BINARY) return process.env.CHANCERY_BINARY;
  const said = execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps", "--offline"], { cwd: ROOT, maxBuffer: 1 << 28 });
  return path.join(JSON.parse(said).target_directory, "debug", "chancery");
}

/** Serves a company of its own, with more definitions (texts by path) beside the repository's; `close` ends it and removes what it wrote. */
export async function openCompany({ clock = "manual", more = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), "chancery-e2e-"));
  const workspace = path.join(folder, "workspace");
  for (const part of ["chancery.yaml", "forms", "workflows", "tests/company"]) cpSync(path.join(ROOT, part), path.join(workspace, part), { recursive: true });
  for (const [file, text] of Object.entries(more)) writeFileSync(path.join(workspace, file), text);
  const server = spawn(binary(), ["demo", "--data", path.join(folder, "data"), "--listen", "127.0.0.1:0", "--clock", clock], {
    env: { ...process.env, CHANCERY_WORKSPACE: workspace, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = [];
  readline.createInterface({ input: server.stderr }).on("line", (line) => said.push(line));
  const url = await new Promise((resolve, reject) => {
    readline.createInterface({ input: server.stdout }).on("line", (line) => {
      const found = /^listening on (\S+)$/.exec(line);
      if (found) resolve(found[1]);
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${said.join("\n")}`)));
  });
  return new Company(url, server, folder, said);
}

class Company {
  #server;
  #folder;

  constructor(url, server, folder, said) {
    this.url = url;
    this.said = said;
    this.#server = server;
    this.#folder = folder;
  }

  async now() {
    return new Date((await this.#clock({ method: "GET" })).now);
  }

  /** Moves the clock; what fell due has been done when this returns. */
  async advance(duration) {
    const moved = await this.#clock({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ advance: duration }) });
    return new Date(moved.now);
  }

  async #clock(request) {
    const answer = await fetch(`${this.url}/api/v1/clock`, request);
    if (!answer.ok) throw new Error(`the clock answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  /** Goes on to the next Monday, 10:00 in Shanghai: whoever starts then has a working day ahead. */
  async toMondayMorning() {
    const local = new Date((await this.now()).getTime() + SHANGHAI_AHEAD_MS);
    const monday = new Date(local);
    monday.setUTCHours(10, 0, 0, 0);
    monday.setUTCDate(monday.getUTCDate() + ((8 - monday.getUTCDay()) % 7 || 7));
    return this.advance(`PT${Math.ceil((monday - local) / SECOND_MS)}S`);
  }

  /** Moves the clock, a few hours at a time, until something holds. Whatever the calendar says, it comes or the test fails. */
  async advanceUntil(what, holds) {
    for (let hours = 0; hours < HOURS_MAX; hours += STRIDE_HOURS) {
      await this.advance(`PT${STRIDE_HOURS}H`);
      if (await holds()) return;
    }
    throw new Error(`${HOURS_MAX} hours went by, and it never came to this: ${what}`);
  }

  async close() {
    const ended = once(this.#server, "exit");
    this.#server.kill("SIGTERM");
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The day in Shanghai, as a date field takes it. */
export function dayOf(moment) {
  return new Date(moment.getTime() + SHANGHAI_AHEAD_MS).toISOString().slice(0, 10);
}
