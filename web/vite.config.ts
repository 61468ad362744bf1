import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { distribution } from "./build/dist.ts";
import { purgeTabler } from "./build/purge.ts";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

export default defineConfig({
  root,
  publicDir: false,
  plugins: [purgeTabler(`${root}/templates`), distribution(root)],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    cssTarget: "chrome123",
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { app: `${root}/scripts/app.ts` },
      output: { entryFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" },
    },
  },
});
