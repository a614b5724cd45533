import * as z from "zod";
import { type Id, parseId, type RecordKind } from "~/kernel/ids";

/** Text that must be there, with the message for an empty field. */
export const requiredText = (most: number, message: string) => z.string().trim().min(1, message).max(most, atMost(most));
const atMost = (most: number) => `Use at most ${most.toLocaleString("en-US")} characters.`;

/** The id of a record that a form chooses, with the message where nothing was chosen. */
export const idField = <K extends RecordKind>(of: K, message: string) =>
  z.string().transform((text, context): Id<K> => {
    const id = parseId(of, text);
    if (id !== null) return id;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** The version of a record that the page showed; 0 for one that is not saved yet. */
export const seenVersion = z.coerce.number().int().min(0);

/** A checkbox or switch. */
export const switched = z
  .literal("on")
  .optional()
  .transform((on) => on === "on");

/** The doubts that the page asked about and a person confirmed; others are asked about again. */
export const confirmedField = {
  confirmed: z
    .string()
    .max(200)
    .optional()
    .transform((text) => text ?? null),
};
