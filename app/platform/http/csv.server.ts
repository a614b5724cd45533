import { type Cell, csvLine } from "~/kernel/csv";

type Page<Row, Cursor> = { rows: readonly Row[]; next: Cursor | null };
type List<Row, Cursor> = {
  headings: readonly string[];
  /** The page after a cursor; the first one without. */
  read: (after: Cursor | null) => Promise<Page<Row, Cursor>>;
  cells: (row: Row) => readonly Cell[];
};

/** A list as CSV, read page by page while it is sent. */
export function csvStream<Row, Cursor>({ headings, read, cells }: List<Row, Cursor>): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder();
  let after: Cursor | null = null;
  return new ReadableStream({
    start: (out) => out.enqueue(bytes.encode(csvLine(headings))),
    async pull(out) {
      const { rows, next } = await read(after);
      if (rows.length > 0) out.enqueue(bytes.encode(rows.map((row) => csvLine(cells(row))).join("")));
      after = next;
      if (next === null) out.close();
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
