import type { Id } from "~/kernel/ids";
import { formatQuantity, type Line } from "~/modules/work-orders/jobs/job";

/** The fields of lines that say what is asked, and of photos that go along. */
export const askedField = (lineId: string): string => `asked-${lineId}`;
export const photoField = (attachmentId: string): string => `photo-${attachmentId}`;

/** The ids whose boxes were checked. */
export const chosenIn = (form: Readonly<Record<string, unknown>>, fieldOf: (id: string) => string): string[] =>
  Object.entries(form).flatMap(([name, value]) => (name.startsWith(fieldOf("")) && value === "on" ? [name.slice(fieldOf("").length)] : []));

/** A line of the order as a vendor may read it: never a price. */
export type AskedLine = Pick<Line, "kind" | "text" | "quantity" | "partNumber">;

/** What the vendor is asked to do, as the lines read when the job is sent. One that only repeats the job's title adds nothing. */
export const describeAsked = (lines: readonly Line[], ids: readonly Id<"line">[], title: string): AskedLine[] =>
  lines.filter((line) => ids.includes(line.id) && line.text !== title).map(({ kind, text, quantity, partNumber }) => ({ kind, text, quantity, partNumber }));

/** "Rear seal (RS-7), 2". */
export const formatAsked = (line: AskedLine): string => `${line.text}${line.partNumber ? ` (${line.partNumber})` : ""}, ${formatQuantity(line)}`;
