// One file with the icons of icons.json, each a symbol that pages point at.
import { readFileSync } from "node:fs";

const FOLDER = new URL("../node_modules/@tabler/icons/icons/outline/", import.meta.url);

export function sprite(names: string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg">${names.map(symbol).join("")}</svg>`;
}

function symbol(name: string): string {
  const source = readFileSync(new URL(`${name}.svg`, FOLDER), "utf8");
  const inside = source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
  const shapes = inside.replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "").replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.trim()}</symbol>`;
}
