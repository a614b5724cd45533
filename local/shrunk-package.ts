import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as esbuild from "esbuild";

const FOLDER = "node_modules/.cache/baytrack/packages";

/** Large packages, and what is taken from them. */
const contents = {
  square: 'export { SquareClient } from "square";',
  /** With what the stand-in of Square checks requests by. */
  "square-sdk": 'export { SquareClient, serialization } from "square";',
  "pdf-lib": 'export * from "@cantoo/pdf-lib";',
  fontkit: 'export { default } from "@cantoo/fontkit";',
} as const;

/** A large package in one small file, made once for each lock file: its hundreds of sources need not be read again. Returns the file's path. */
export function shrunkPackage(name: keyof typeof contents): string {
  const key = createHash("sha256").update(fs.readFileSync("package-lock.json")).update(contents[name]).digest("hex").slice(0, 16);
  const file = path.resolve(FOLDER, `${name}-${key}.js`);
  if (fs.existsSync(file)) return file;
  const part = `${file}.${process.pid}`;
  esbuild.buildSync({
    stdin: { contents: contents[name], resolveDir: "." },
    outfile: part,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*"],
    logLevel: "warning",
  });
  // Whole or not at all: other commands look for it too.
  fs.renameSync(part, file);
  return file;
}
