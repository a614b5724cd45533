import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { toBasisPoints, toCents, toQuantity } from "~/kernel/money";
import { writtenOf } from "../lines/order-lines";
import { type Line, lineKinds } from "./job";
import type { JobBase } from "./merge-job";

const whole = z.number().int();
const optionId = z.string().transform((text, context): Id<"option"> => {
  const id = parseId("option", text);
  if (id) return id;
  context.addIssue({ code: "custom", message: "not an option" });
  return z.NEVER;
});
const line = z
  .object({
    id: z.string(),
    kind: z.enum(lineKinds),
    text: z.string(),
    partNumber: z.string().nullable(),
    quantity: whole.transform((count) => toQuantity(count)),
    each: whole.transform((cents) => toCents(cents)),
    discount: whole.transform((points) => toBasisPoints(points)).optional(),
    cost: whole.nullable().transform((cents) => (cents === null ? null : toCents(cents))),
    supplies: z.boolean(),
    safety: z.literal(true).optional(),
    option: optionId.optional(),
    ofLine: z.string().optional(),
  })
  .transform(({ id, discount, safety, option, ofLine, ...rest }, context): Line => {
    const [lineId, part] = [parseId("line", id), parseId("line", ofLine)];
    if (lineId)
      return {
        id: lineId,
        ...rest,
        ...(discount === undefined ? {} : { discount }),
        ...(safety ? { safety } : {}),
        ...(option ? { option } : {}),
        ...(part ? { ofLine: part } : {}),
      };
    context.addIssue({ code: "custom", message: "not a line" });
    return z.NEVER;
  });
const base = z.object({
  complaint: z.string(),
  cause: z.string(),
  correction: z.string(),
  vmrs: z.string().nullable(),
  technician: z.object({ id: z.string(), name: z.string() }).nullable(),
  options: z.object({ list: z.array(z.object({ id: optionId, name: z.string() })).max(20), preselected: optionId }).optional(),
  lines: z.array(line).max(500),
});

/** The job as a form shows it, in a hidden field, so that a save can be merged with what others saved since. */
export const baseText = ({ complaint, cause, correction, vmrs, technician, options, lines }: JobBase): string =>
  JSON.stringify({ complaint, cause, correction, vmrs, technician, options, lines: lines.map(writtenOf) });

/** Reads it back; null for a new job, and for what can't be read, where a newer job is refused instead of merged. */
export function readBase(text: string | undefined): JobBase | null {
  if (!text) return null;
  try {
    const { technician, options, ...job } = base.parse(JSON.parse(text));
    const id = technician && parseId("membership", technician.id);
    return { ...job, ...(options ? { options } : {}), technician: id && technician ? { id, name: technician.name } : null };
  } catch {
    return null;
  }
}
