export type FormPart = { name: string; fileName: string | null; content: AsyncIterable<Uint8Array> };

/** Not a form as browsers send it. */
export class Malformed extends Error {}

const MOST_HEADERS = 8_192;

/** The boundary that a form's Content-Type names; null for any other body. */
export function boundaryOf(request: Request): string | null {
  const type = request.headers.get("Content-Type") ?? "";
  const found = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type);
  return found?.[1] ?? found?.[2] ?? null;
}

/**
 * The fields of a form with files, in the order in which they were sent, each read as it arrives: the runtime's own
 * `formData()` and the parsers of npm that run here keep a file whole in memory. What is not read of a part is passed over.
 */
export async function* formParts(body: ReadableStream<Uint8Array>, boundary: string): AsyncGenerator<FormPart> {
  const reader = body.getReader();
  const delimiter = Buffer.from(`\r\n--${boundary}`, "latin1");
  // The first delimiter is at the very start; prefixed here, it is found like all others.
  let held: Buffer = Buffer.from("\r\n");

  async function more(): Promise<void> {
    const { done, value } = await reader.read();
    if (done) throw new Malformed("the form breaks off");
    held = held.length === 0 ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : Buffer.concat([held, value]);
  }

  const take = (bytes: number): Buffer => {
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };

  let ended = false;
  /** Up to the next delimiter, which is passed over. */
  async function* untilDelimiter(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = held.indexOf(delimiter);
      if (at >= 0) {
        const last = take(at);
        take(delimiter.length);
        ended = true;
        if (last.length > 0) yield last;
        return;
      }
      // What could be the beginning of a delimiter waits for the rest of it.
      const sure = held.length - delimiter.length + 1;
      if (sure > 0) yield take(sure);
      await more();
    }
  }

  try {
    for await (const chunk of untilDelimiter()) if (chunk.length > 0) throw new Malformed("there is something before the form");
    for (;;) {
      while (held.length < 2) await more();
      const next = take(2).toString("latin1");
      if (next === "--") return;
      if (next !== "\r\n") throw new Malformed("a part does not begin");
      while (!held.includes("\r\n\r\n")) {
        if (held.length > MOST_HEADERS) throw new Malformed("a part's headers do not end");
        await more();
      }
      const end = held.indexOf("\r\n\r\n") + 4;
      if (end > MOST_HEADERS) throw new Malformed("a part's headers are too many");
      const headers = take(end).toString("utf8");
      ended = false;
      yield { ...namesIn(headers), content: untilDelimiter() };
      // A reader who stopped early has ended its own walk, not the part.
      while (!ended) for await (const _passedOver of untilDelimiter());
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** A text field's value, or null where it is longer than `most` bytes. */
export async function textOf({ content }: FormPart, most: number): Promise<string | null> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.length;
    if (bytes > most) return null;
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces).toString("utf8");
}

function namesIn(headers: string): { name: string; fileName: string | null } {
  // A line ends where HTTP ends it: other characters that JavaScript takes for a line end may be in a name.
  const disposition = /(?:^|\r?\n)content-disposition:\s*form-data\s*;([^\r\n]*)/i.exec(headers)?.[1];
  if (disposition === undefined) throw new Malformed("a part has no name");
  // Browsers write these three signs as percent escapes and everything else as it is.
  const value = (key: string) =>
    new RegExp(`(?:^|[;\\s])${key}="([^"]*)"`, "i").exec(disposition)?.[1]?.replace(/%(22|0A|0D)/gi, (escaped) => decodeURIComponent(escaped)) ?? null;
  const name = value("name");
  if (name === null) throw new Malformed("a part has no name");
  return { name, fileName: value("filename") };
}
