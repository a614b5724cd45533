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

/** The beginning of a ZIP archive with these files, each with some bytes of content. */
export const zip = (...names: string[]) =>
  bytesOf(
    ...names.flatMap((name) => ["PK", [3, 4, 20, 0, 6, 0, 8, 0], new Uint8Array(8), [4, 0, 0, 0, 9, 0, 0, 0, name.length, 0, 0, 0], name, [7, 8, 9, 10]]),
  );
export const xlsx = zip("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml");
export const docx = zip("[Content_Types].xml", "_rels/.rels", "word/document.xml");
export const csv = bytesOf("\xef\xbb\xbfUnit,Part,Price\r\nNL-104,Drum,412.50\r\n");

export const refusedFiles: readonly [name: string, content: Uint8Array<ArrayBuffer>, is: string][] = [
  ["drawing.svg", bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), "an SVG drawing"],
  ["drawing.png", bytesOf('\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><!-- b -->\n<svg onload="alert(1)"/>'), "an SVG drawing"],
  ["page.html", bytesOf("<!doctype html><script>alert(1)</script>"), "a web page"],
  ["photo.jpg", bytesOf("\n <html><body>not a photo</body></html>"), "a web page"],
  ["parts.xlsx", zip("[Content_Types].xml", "word/document.xml"), "a ZIP archive or an Office document"],
  ["macros.xlsm", xlsx, "a ZIP archive or an Office document"],
  ["macros.xlsx", zip("[Content_Types].xml", "xl/vbaProject.bin", "xl/workbook.xml"), "a ZIP archive or an Office document"],
  ["letter.docx", zip("program.exe", "word/document.xml"), "a ZIP archive or an Office document"],
  ["prices.csv", bytesOf("<script>alert(1)</script>,1\n"), "a web page"],
  ["prices.csv", bytesOf([0, 1], "a,b\n"), "not really a .csv file"],
  ["prices.csv", bytesOf("one line without columns"), "a text file"],
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
