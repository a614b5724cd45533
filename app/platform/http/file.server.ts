import { namedByContent } from "~/platform/files/safe-name";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";

/** `bytes` is null where no stretch of it is ever asked for. */
type FileDescription = { file: string; name: string; mediaType: string; bytes: number | null; tag: string; inline: boolean };

/**
 * A kept file as the answer to a request: whole, a stretch of it, or only that the asker has it already. Whatever
 * the file contains, it cannot run as a page: its type is fixed, never guessed, its name ends as its type does, and its
 * window is a sandbox.
 */
export async function fileAnswer(files: ScopedFiles, request: Request, description: FileDescription): Promise<Response> {
  const { file, name, mediaType, bytes, inline } = description;
  const tag = `"${description.tag}"`;
  const headers = safeHeaders(mediaType);
  headers.set("ETag", tag);
  if (matches(request.headers.get("If-None-Match"), tag)) return new Response(null, { status: 304, headers });
  headers.set("Content-Type", mediaType);
  headers.set("Content-Disposition", disposition(inline, namedByContent(name, mediaType)));
  const range = bytes === null ? null : wantedRange(request, tag, bytes);
  if (range === "outside") {
    headers.set("Content-Range", `bytes */${bytes}`);
    return new Response("That stretch is not in the file.", { status: 416, headers });
  }
  const body = await files.read(file, range ? { offset: range.from, length: range.to - range.from + 1 } : undefined);
  if (!body) throw new Error(`a kept file is not there: ${file}`);
  if (range) headers.set("Content-Range", `bytes ${range.from}-${range.to}/${bytes}`);
  if (bytes !== null) {
    headers.set("Accept-Ranges", "bytes");
    headers.set("Content-Length", String(range ? range.to - range.from + 1 : bytes));
  }
  return new Response(body, { status: range ? 206 : 200, headers });
}

/** A file that was made for this very answer and is kept nowhere, to be downloaded. */
export function madeFileAnswer({ name, mediaType, content }: { name: string; mediaType: string; content: Uint8Array }): Response {
  const headers = safeHeaders(mediaType);
  headers.set("Content-Type", mediaType);
  headers.set("Content-Disposition", disposition(false, namedByContent(name, mediaType)));
  return new Response(content as Uint8Array<ArrayBuffer>, { headers }); // its memory is nobody else's
}

const safeHeaders = (mediaType: string): Headers =>
  new Headers({
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": policyFor(mediaType),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
  });

/**
 * Browsers refuse to show a PDF inside a sandbox; theirs is a viewer of its own, in which nothing runs as this site.
 * The styles are those of the page that a browser itself makes around a picture.
 */
const policyFor = (mediaType: string): string =>
  mediaType === "application/pdf"
    ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"
    : "sandbox; default-src 'none'; style-src 'unsafe-inline'";

const matches = (asked: string | null, tag: string): boolean => (asked ?? "").split(",").some((one) => one.trim().replace(/^W\//, "") === tag);

/** A stretch is of the file that the asker began with, or of none. */
function wantedRange(request: Request, tag: string, bytes: number) {
  const ifRange = request.headers.get("If-Range");
  return ifRange === null || ifRange === tag ? rangeOf(request.headers.get("Range"), bytes) : null;
}

/** One stretch, as players of video ask for; several at once are answered with the whole file, as the standard allows. */
export function rangeOf(header: string | null, bytes: number): { from: number; to: number } | "outside" | null {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  const from = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === "" || last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  if (first !== "" && last !== "" && Number(last) < from) return null;
  return from > to || from >= bytes ? "outside" : { from, to };
}

/** The name twice: in signs that every browser reads, and as it is. */
export function disposition(inline: boolean, name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const exact = encodeURIComponent(Buffer.from(name).toString()).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${inline ? "inline" : "attachment"}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
