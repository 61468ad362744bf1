// Names every asset by its content, writes the manifest that the server reads, and lays the compressed forms beside each file.
import { createHash } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readFileSync, writeFileSync } from "node:fs";
import type { Plugin } from "vite";
import { sprite } from "./sprite.ts";

// Smaller files gain nothing from compression.
const COMPRESS_BYTES_MIN = 512;

export function distribution(root: string): Plugin {
  return {
    name: "distribution",
    generateBundle() {
      const add = (name: string, source: string): void => {
        const digest = createHash("sha256").update(source).digest("base64url").slice(0, 8);
        const dot = name.lastIndexOf(".");
        this.emitFile({ type: "asset", fileName: `${name.slice(0, dot)}-${digest}${name.slice(dot)}`, source });
      };
      const icons = JSON.parse(readFileSync(`${root}/icons.json`, "utf8")) as string[];
      add("icons.svg", sprite(icons));
      add("seal.svg", readFileSync(`${root}/images/seal.svg`, "utf8"));
    },
    writeBundle: {
      order: "post",
      handler(options, bundle) {
        const manifest = Object.keys(bundle).map((fileName) => [plainName(fileName), fileName]);
        writeFileSync(`${options.dir}/manifest.json`, JSON.stringify(Object.fromEntries(manifest), null, 2));
        for (const fileName of Object.keys(bundle)) compress(`${options.dir}/${fileName}`);
      },
    },
  };
}

// `icons-LHW-OSlY.svg` is `icons.svg`: the digest has eight characters, which may hold a dash. Vite calls the one style sheet `style`.
function plainName(fileName: string): string {
  const name = fileName.replace(/-[\w-]{8}(?=\.\w+$)/, "");
  return name === "style.css" ? "app.css" : name;
}

function compress(path: string): void {
  const bytes = readFileSync(path);
  if (bytes.length < COMPRESS_BYTES_MIN) return;
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
