import type { Plugin } from "vite";
export const devWorker = (): Plugin => ({ name: "dev-worker" });
