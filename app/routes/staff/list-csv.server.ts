import type { Cell } from "~/kernel/csv";
import type { Place } from "~/kernel/list-order";
import { csvStream } from "~/platform/http/csv.server";

/** The longest list that is downloaded; what goes beyond is left off, which the file gives notice of. */
const MOST_ROWS = 10_000;
const ROWS_A_PAGE = 200;

type List<Row> = {
  headings: readonly string[];
  /** The page after a place; the first one without. */
  read(after: Place | null, rowsAPage: number): Promise<{ rows: readonly Row[]; next: Place | null }>;
  cells(row: Row): readonly Cell[];
};

/** A staff list as CSV, in its own order. */
export const listCsv = <Row>({ headings, read, cells }: List<Row>) =>
  csvStream({ headings, cells, most: MOST_ROWS, read: (after: Place | null) => read(after, ROWS_A_PAGE) });
