import { type Cell, csvLine } from "~/kernel/csv";

type Page = readonly (readonly Cell[])[];

/** A download of records, read page by page while it is sent. */
export function csvFile(name: string, headings: readonly string[], pages: AsyncGenerator<Page>): Response {
  const bytes = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (out) => out.enqueue(bytes.encode(csvLine(headings))),
    async pull(out) {
      const { value, done } = await pages.next();
      if (done) out.close();
      else out.enqueue(bytes.encode(value.map(csvLine).join("")));
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "Content-Type": "text/csv; charset=utf-8; header=present",
      "Content-Disposition": `attachment; filename="${name}.csv"`,
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
