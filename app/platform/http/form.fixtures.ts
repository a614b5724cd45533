/** A form as somebody would send it who wants it to be dear, by what is dear about it. */
export type DearForm = { what: string; body: string; type: string };

const URL_ENCODED = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=b";
const part = (name: string, value: string, more = "") => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n${more}\r\n${value}\r\n`;
/** As many of `piece` as fit. */
const filled = (piece: string, bytes: number) => piece.repeat(Math.floor(bytes / Buffer.byteLength(piece)));
const fields = (piece: (at: number) => string, each: number, bytes: number) => Array.from({ length: Math.floor(bytes / each) }, (_, at) => piece(at)).join("");

/** The worst that `bytes` can hold, whole, cut into fields and cut into many. */
export function dearForms(bytes: number): DearForm[] {
  const room = bytes - 200;
  const multipart = (what: string, parts: string): DearForm => ({ what, type: MULTIPART, body: `${parts}--b--\r\n` });
  const encoded = (what: string, body: string): DearForm => ({ what, type: URL_ENCODED, body });
  return [
    ...["\u0301", "\u0323\u0301", "\u0344", "\u{1D165}", "\u09BE", "a\u0301\u0323"].map((marks) =>
      multipart(`one field of ${namesOf(marks)}`, part("name", `a${filled(marks, room)}`)),
    ),
    multipart(
      "marks in fields of 8,000",
      fields((at) => part(`f${at}`, `a${filled("\u0323\u0301", 15_800)}`), 16_000, room),
    ),
    multipart("joiners between letters", part("name", filled("a\u200D\u200C", room))),
    multipart("only joiners", part("name", filled("\u200D", room))),
    multipart("only spaces", part("name", filled(" ", room))),
    multipart("only line ends", part("name", filled("\r\n", room))),
    multipart("a password of marks", part("password", filled("\u0323\u0301", room))),
    multipart(
      "a part within a part within a part",
      fields((at) => part(`f${at}`, "x", `Content-Type: multipart/mixed; boundary=b\r\nX-Note: ${"y".repeat(120)}\r\n`), 280, room),
    ),
    multipart(
      "many small parts",
      fields((at) => part(`${at}`, ""), 64, room),
    ),
    multipart("a part of headers", part("name", "x", filled("x: y\r\n", room))),
    multipart("what is almost a boundary", part("name", filled("\r\n--", room))),
    encoded(
      "many fields",
      fields((at) => `&${at}=`, 8, room),
    ),
    encoded("many empty fields", filled("&", room)),
    encoded("one field many times", filled("&a=b", room)),
    encoded("escapes", `name=${filled("%CC%81", room)}`),
    encoded("broken escapes", `name=${filled("%", room)}`),
  ];
}

const namesOf = (text: string) => [...text].map((sign) => `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
