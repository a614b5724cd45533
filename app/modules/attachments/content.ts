import type { MediaType } from "./attachment";

/** Number of first bytes needed to detect a file's type. */
export const HEAD_BYTES = 4_096;

/**
 * The media type by the first bytes; null for types that aren't accepted. Spreadsheets, documents and lists look like
 * other things inside: they are taken only where the name has the same ending, and are never opened in a page.
 */
export function mediaTypeOf(head: Uint8Array, name = ""): MediaType | null {
  return openedType(head) ?? downloadedType(head, name);
}

const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const letter = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

function downloadedType(head: Uint8Array, name: string): MediaType | null {
  const ending = /\.(xlsx|docx|csv)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === "xlsx") return isOffice(head, "xl/") ? sheet : null;
  if (ending === "docx") return isOffice(head, "word/") ? letter : null;
  return ending === "csv" && isList(head) ? "text/csv" : null;
}

/** Whether these are the first files of an Office document with this folder, and no macros. */
function isOffice(head: Uint8Array, folder: string): boolean {
  const names = zippedNames(head);
  const usual = ["[Content_Types].xml", "_rels/", "docProps/", "customXml/", folder];
  return names.some((name) => name.startsWith(folder)) && names.every((name) => usual.some((one) => name.startsWith(one)) && !/vbaProject/i.test(name));
}

/** The names of the archive's first files; none if it isn't one. */
function zippedNames(head: Uint8Array): string[] {
  const names: string[] = [];
  const text = latin(head, 0, HEAD_BYTES);
  for (let at = text.startsWith("PK\x03\x04") ? 0 : -1; at >= 0; at = text.indexOf("PK\x03\x04", at + 4)) {
    const length = (head[at + 26] ?? 0) + 256 * (head[at + 27] ?? 0);
    if (at + 30 + length <= head.length) names.push(latin(head, at + 30, at + 30 + length));
  }
  return names;
}

/** Text whose first line has columns. */
function isList(head: Uint8Array): boolean {
  const text = printable(head);
  return !text.includes("␀") && markup(text) === null && !/^\s*</.test(text) && /^[^\r\n]*[,;\t|]/.test(text);
}

function openedType(head: Uint8Array): MediaType | null {
  if (starts(head, 0xff, 0xd8, 0xff)) return unlessPage(head, "image/jpeg");
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) && latin(head, 12, 16) === "IHDR") return unlessPage(head, "image/png");
  if (latin(head, 0, 4) === "RIFF" && latin(head, 8, 12) === "WEBP") return unlessPage(head, "image/webp");
  if (/^%PDF-[12]\.\d/.test(latin(head, 0, 9))) return "application/pdf";
  const brands = brandsOf(head);
  if (brands.length === 0 || brands[0] === "qt  " || brands.includes("avif")) return null;
  if (brands.some((brand) => /^he[iv][cmsx]$/.test(brand))) return "image/heic";
  return brands.some((brand) => /^(iso[m2-9a-c]|mp4[12]|avc1|M4V[ HP]?|dash|MSNV)$/.test(brand)) ? "video/mp4" : null;
}

/** What a refused file is, to follow "… is": "a web page". */
export function whatItIs(head: Uint8Array, name: string): string {
  const text = printable(head);
  const known = refused.find(([pattern]) => pattern.test(text))?.[1] ?? markup(text) ?? (brandsOf(head)[0] === "qt  " ? "a QuickTime video" : null);
  if (known) return known;
  if (mediaTypeOf(head) === null && looksLikeImage(head)) return "a picture with a web page inside";
  if (head.length > 0 && !text.includes("␀")) return "a text file";
  const ending = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1];
  return ending ? `not really a .${ending} file` : "not a supported type";
}

/** The first bytes as text; ␀ replaces every byte that no text has. */
const printable = (head: Uint8Array): string =>
  Array.from(head.subarray(0, HEAD_BYTES), (byte) => (byte < 32 && !/\s/.test(String.fromCharCode(byte)) ? "␀" : String.fromCharCode(byte))).join("");

const refused: readonly [RegExp, string][] = [
  [/^PK␀␀/, "a ZIP archive or an Office document"],
  [/^GIF8[79]a/, "a GIF picture"],
  [/^(II\*␀|MM␀\*)/, "a TIFF picture"],
  [/^BM/, "a BMP picture"],
  [/^.{4}ftypavif/s, "an AVIF picture"],
  [/^.{4}ftyp3g/s, "a 3GP video"],
  [/^␀E\xdf\xa3/, "a WebM or Matroska video"],
  [/^RIFF.{4}AVI /s, "an AVI video"],
  [/^(ID3|RIFF.{4}WAVE|OggS|fLaC)/s, "a sound file"],
  [/^(MZ|\x7fELF|\xcf\xfa\xed\xfe)/, "a program"],
  [/^\xd0\xcf␀\xe0/, "an old Office document"],
];

/** What markup is, by its first tag after comments and declarations. */
function markup(text: string): string | null {
  let rest = text.replace(/^\xef\xbb\xbf/, "").trimStart();
  const isXml = /^<\?xml/i.test(rest);
  for (let end = 0; end >= 0 && /^<(\?|!--)/.test(rest); ) {
    const close = rest.startsWith("<?") ? "?>" : "-->";
    end = rest.indexOf(close);
    if (end >= 0) rest = rest.slice(end + close.length).trimStart();
  }
  if (/^<(svg[\s>]|!doctype svg)/i.test(rest)) return "an SVG drawing";
  if (/^<(!doctype html|html|head|body|script|iframe|title|meta)[\s>]/i.test(rest)) return "a web page";
  return isXml ? "an XML file" : null;
}

const looksLikeImage = (head: Uint8Array): boolean =>
  starts(head, 0xff, 0xd8, 0xff) || starts(head, 0x89, 0x50, 0x4e, 0x47) || (latin(head, 0, 4) === "RIFF" && latin(head, 8, 12) === "WEBP");

/** Refuses a picture that contains the tags of a web page. */
const unlessPage = (head: Uint8Array, type: MediaType): MediaType | null =>
  /<(!doctype html|html|script|svg|iframe|body|img|object|embed)[\s>/]/i.test(latin(head, 0, HEAD_BYTES)) ? null : type;

/** The brands of an ISO media file: the major one first, then the compatible ones. */
function brandsOf(head: Uint8Array): string[] {
  if (latin(head, 4, 8) !== "ftyp") return [];
  const box = new DataView(head.buffer, head.byteOffset, head.byteLength).getUint32(0);
  const end = Math.min(box, head.length, 256);
  const brands = [latin(head, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin(head, at, at + 4));
  return brands;
}

const starts = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, at) => head[at] === byte);

function latin(head: Uint8Array, from: number, to: number): string {
  let text = "";
  for (const byte of head.subarray(from, to)) text += String.fromCharCode(byte);
  return text;
}
