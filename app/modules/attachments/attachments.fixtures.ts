/** First bytes of files of many types. */
export const bytesOf = (...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> => {
  const pieces = parts.map((part) => (typeof part === "string" ? Uint8Array.from(part, (char) => char.charCodeAt(0)) : Uint8Array.from(part)));
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};

export const jpeg = bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 16], "JFIF\0", [1, 1, 0, 0, 1, 0, 1, 0, 0], [0xff, 0xd9]);
export const png = bytesOf([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0, 0, 13], "IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0, 0, 0, 0]);
export const webp = bytesOf("RIFF", [24, 0, 0, 0], "WEBPVP8 ", new Uint8Array(12));
export const pdf = bytesOf("%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
const ftyp = (major: string, ...others: string[]) => bytesOf([0, 0, 0, 16 + 4 * others.length], "ftyp", major, [0, 0, 2, 0], ...others, [0, 0, 0, 8], "mdat");
export const mp4 = ftyp("isom", "isom", "avc1");
export const heic = ftyp("mif1", "mif1", "heic");

export const refusedFiles: readonly [name: string, content: Uint8Array<ArrayBuffer>, is: string][] = [
  ["drawing.svg", bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), "an SVG drawing"],
  ["drawing.png", bytesOf('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<svg onload="alert(1)"/>'), "an SVG drawing"],
  ["page.html", bytesOf("<!doctype html><script>alert(1)</script>"), "a web page"],
  ["photo.jpg", bytesOf("\n <html><body>not a photo</body></html>"), "a web page"],
  ["parts.zip", bytesOf("PK", [3, 4], "rest"), "a ZIP archive or an Office document"],
  ["photo.jpg", bytesOf([0xff, 0xd8, 0xff, 0xfe, 0, 80], "<script>alert(1)</script>", jpeg), "a picture with a web page inside"],
  ["clip.mp4", ftyp("qt  ", "qt  "), "a QuickTime video"],
  ["clip.mp4", bytesOf([0x1a], "E", [0xdf, 0xa3], "webm"), "a WebM or Matroska video"],
  ["moving.gif", bytesOf("GIF89a", [1, 0, 1, 0]), "a GIF picture"],
  ["new.heic", ftyp("avif", "avif", "mif1"), "an AVIF picture"],
  ["notes.pdf", bytesOf("Brakes: 4 mm left\n"), "a text file"],
  ["late.pdf", bytesOf("<p>first</p>%PDF-1.4"), "a text file"],
  ["tool.exe", bytesOf("MZ", [0, 1, 2]), "a program"],
  ["thing.jpg", bytesOf([7, 1, 2, 3]), "not really a .jpg file"],
];
