import { type Id, parseId } from "~/kernel/ids";

/** The checkbox that puts an invoice on the payment. */
export const pickField = (id: string): string => `pick-${id}`;

/** The invoices that a form chose. */
export const readPicks = (form: Readonly<Record<string, unknown>>): Id<"invoice">[] =>
  Object.keys(form).flatMap((name) => parseId("invoice", /^pick-(.+)$/.exec(name)?.[1]) ?? []);
