import { fileURLToPath } from "node:url";
import { reactRouter } from "@react-router/dev/vite";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

/**
 * Small files that nearly every page needs most of. Each by itself is compressed by itself: together they weigh little
 * more than half of it, and a page asks for two files in place of thirty.
 */
const together: readonly (readonly [name: string, files: RegExp])[] = [
  [
    "framework",
    /\/node_modules\/(react|react-dom|scheduler|react-router|cookie|set-cookie-parser)\/|vite\/preload-helper|\/lucide-react\/dist\/esm\/(?!icons\/)/,
  ],
  [
    "frame",
    /\/app\/(kernel\/(paths|user-agent|brand|contrast)\.ts|ui\/(button|command-form|disclosure|field|field-frame|form|form-result|form-state|icon|input-replay|kept-result|notice|page|shell-parts|state-mark|text-area|use-form-result|use-hydrated)\.tsx?)$|\/icons\/(check|circle-question-mark|log-out|mail|pencil-line|phone|plus|send|x)\.\w+$/,
  ],
  [
    "staff",
    /\/app\/(ui\/(staff-shell|floating-menu|shortcuts\/use-shortcuts|use-after-command)|modules\/notifications\/about-kinds|routes\/staff\/use-shop-room)\.tsx?$|\/icons\/(bell|building-2|calendar-clock|clipboard-check|clipboard-list|clipboard-pen|columns-3|handshake|keyboard|list-todo|map|menu|rotate-ccw)\.\w+$/,
  ],
  ["menu", /\/icons\/(arrow-left|receipt-text|sliders-horizontal|truck|users|wrench)\.\w+$/],
  ["portal", /\/app\/ui\/(portal-shell|viewing-banner)\.tsx$|\/icons\/(arrow-left-right|house)\.\w+$/],
  ["brand", /\/app\/(ui\/brand-mark\.tsx|kernel\/text-block\.ts)$/],
  ["list", /\/app\/ui\/(list|row-check)\.tsx$/],
  [
    "facts",
    /\/app\/(kernel\/(activity|capitalized|ids|money|time|units)\.ts|ui\/(activity-timeline|clock|empty|format|live\/use-now|moment|unit-plate)\.tsx?)$/,
  ],
  ["defects", /\/app\/modules\/inspections\/(checklists\/(labels|checklist)|defects\/defect|inspection)\.ts$/],
  ["files", /\/app\/modules\/attachments\/(attachment\.ts|(attachments|file-tile)\.view\.tsx)$|\/icons\/(file-text|film|image|lock|share-2)\.\w+$/],
  ["outside-work", /\/app\/modules\/vendor-jobs\/(labels\.ts|(vendor-job|vendor-steps)\.view\.tsx)$/],
  ["live", /\/app\/ui\/(live\/use-notices|live-dot|presence)\.tsx?$|\/icons\/eye(-off)?\.\w+$/],
];

export default defineConfig(({ command, isSsrBuild }) => ({
  // A data folder in the watcher's sight would reload pages for ever.
  server: { watch: { ignored: ["**/.data/**", "**/.wrangler/**", "**/build/**", "**/screens/**"] } },
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  plugins: [tailwindcss(), reactRouter()],
  // The Worker inlines everything; the dev server runs pages in Node and leaves CommonJS packages alone.
  ssr:
    command === "build"
      ? { target: "webworker", noExternal: true, resolve: { conditions: ["workerd", "worker", "browser"] } }
      : { resolve: { externalConditions: ["workerd", "worker"] } },
  // Found late, a package makes the development server bundle anew and reload every page.
  optimizeDeps: { include: ["lucide-react", "maplibre-gl", "partysocket", "react-dom/client"] },
  // What phones load is made as small as it gets; the Worker is made quickly.
  build: {
    minify: isSsrBuild ? "esbuild" : "terser",
    assetsInlineLimit: 0,
    rollupOptions: isSsrBuild
      ? // A chunk of its own for what is imported on demand, or it would be evaluated as the Worker starts.
        // Square's SDK is needed by pages and by jobs: the Worker has it once, made small (local/build.ts).
        { external: ["square"], output: { inlineDynamicImports: false } }
      : { output: { onlyExplicitManualChunks: true, manualChunks: (file) => together.find(([, files]) => files.test(file))?.[0] } },
  },
}));
