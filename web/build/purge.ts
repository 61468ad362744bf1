// Keeps of Tabler's 635 KB only what our templates and scripts name.
import { readFileSync, readdirSync } from "node:fs";
import { PurgeCSS } from "purgecss";
import type { Plugin } from "vite";

// Attribute values and states that no template spells out.
const SAFE = [/^data-bs-theme$/, /^:root$/];

export function purgeTabler(templates: string): Plugin {
  return {
    name: "purge-tabler",
    enforce: "pre",
    async transform(code, id) {
      if (!id.includes("@tabler/core") || !id.endsWith(".css")) return null;
      const files = readdirSync(templates, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
      const content = files.map((file) => ({ raw: readFileSync(`${templates}/${file}`, "utf8"), extension: "html" }));
      const [result] = await new PurgeCSS().purge({
        content,
        css: [{ raw: code }],
        defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
        keyframes: true,
        fontFace: true,
        variables: true,
        safelist: { standard: SAFE, greedy: [] },
      });
      return { code: result?.css ?? code, map: null };
    },
  };
}
