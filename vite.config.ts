import { fileURLToPath } from "node:url";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";

export default defineConfig(({ command, isSsrBuild }) => ({
  // A data folder in the watcher's sight would reload pages for ever.
  server: { watch: { ignored: ["**/.data/**", "**/.wrangler/**", "**/build/**", "**/screens/**"] } },
  resolve: { alias: { "~": fileURLToPath(new URL("./app", import.meta.url)) } },
  plugins: [
    tailwindcss(),
    remix({
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_singleFetch: true,
        v3_routeConfig: true,
        // Off on purpose: its /__manifest endpoint answers anybody (docs/decisions/0001).
        v3_lazyRouteDiscovery: false,
      },
    }),
  ],
  // The Worker inlines everything; the dev server runs pages in Node and leaves CommonJS packages alone.
  ssr:
    command === "build"
      ? { target: "webworker", noExternal: true, resolve: { conditions: ["workerd", "worker", "browser"] } }
      : { resolve: { externalConditions: ["workerd", "worker"] } },
  // Found late, a package makes the development server bundle anew and reload every page.
  optimizeDeps: { include: ["lucide-react", "maplibre-gl", "partysocket", "react-dom/client"] },
  // What phones load is made as small as it gets; the Worker is made quickly.
  build: { minify: isSsrBuild ? "esbuild" : "terser", assetsInlineLimit: 0 },
}));
