import fs from "node:fs";
import path from "node:path";
import { Response } from "miniflare";

/** The Worker's static files where nothing was built: served from public/. */
export function publicFile(request: { url: string }): Response {
  const file = path.join("public", path.normalize(new URL(request.url).pathname));
  return fs.existsSync(file) ? new Response(fs.readFileSync(file)) : new Response(null, { status: 404 });
}
