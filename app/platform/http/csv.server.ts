import { type Cell, csvLine } from "~/kernel/csv";

type Page<Row, Cursor> = { rows: readonly Row[]; next: Cursor | null };
type List<Row, Cursor> = {
  headings: readonly string[];
  /** The page after a cursor; the first one without. */
  read: (after: Cursor | null) => Promise<Page<Row, Cursor>>;
  cells: (row: Row) => readonly Cell[];
  /** A longer list ends after so many rows, and its last record gives notice of that. */
  most?: number;
};

/** A list as CSV, read page by page while it is sent. */
export function csvStream<Row, Cursor>({ headings, read, cells, most = Number.POSITIVE_INFINITY }: List<Row, Cursor>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  let after: Cursor | null = null;
  let written = 0;
  return new ReadableStream({
    start: (out) => out.enqueue(bytes.encode(csvLine(headings))),
    async pull(out) {
      const { rows: page, next } = await read(after);
      const rows = page.slice(0, most - written);
      if (rows.length > 0) out.enqueue(bytes.encode(rows.map((row) => csvLine(cells(row))).join("")));
      after = next;
      written += rows.length;
      const isCut = written >= most && (next !== null || rows.length < page.length);
      if (isCut) out.enqueue(bytes.encode(csvLine([`The list goes on. This file has its first ${most.toLocaleString("en-US")} rows.`])));
      if (next === null || isCut) out.close();
    },
  });
}

/** A download of CSV. @param name of the file, without its extension */
export const csvFile = (name: string, body: ReadableStream<Uint8Array>): Response =>
  new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
