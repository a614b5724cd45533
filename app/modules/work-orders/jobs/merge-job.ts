import { canonical } from "~/kernel/canonical";
import type { Id } from "~/kernel/ids";
import { readsSame } from "../lines/order-lines";
import type { Job, JobDraft, Line } from "./job";

export const jobFields = ["complaint", "cause", "correction", "vmrs", "technician", "options"] as const;
export type JobField = (typeof jobFields)[number];

/** A job as a form showed it when its author began to write. */
export type JobBase = Pick<Job<Line>, JobField | "lines">;

/**
 * What a refused form is compared with when it is saved again: theirs, where both changed the same, so that the second
 * save replaces it on purpose; otherwise what the form was compared with before.
 */
export function rebased(base: JobBase, theirs: JobBase, { fields, lines }: Collision): JobBase {
  const from = (field: JobField) => (fields.includes(field) ? theirs : base);
  const kept = base.lines.filter(({ id }) => !lines.includes(id));
  return {
    complaint: from("complaint").complaint,
    cause: from("cause").cause,
    correction: from("correction").correction,
    vmrs: from("vmrs").vmrs,
    technician: from("technician").technician,
    ...optionsOf(from("options")),
    lines: [...kept, ...theirs.lines.filter(({ id }) => lines.includes(id))],
  };
}

export type Collision = { fields: readonly JobField[]; lines: readonly Id<"line">[] };
type Merged = { job: JobDraft; removed: readonly Id<"line">[] } | Collision;

type Written = Pick<Job<Line>, JobField>;

function fieldText(job: Written, field: JobField): string {
  if (field === "technician") return job.technician?.id ?? "";
  return field === "options" ? (job.options ? canonical(job.options) : "") : (job[field] ?? "");
}

/** The options of a job as a part of another one; a job without any has no such part. */
const optionsOf = ({ options }: Pick<Written, "options">) => (options ? { options } : {});

const lineIn = (lines: readonly Line[], id: Id<"line">): Line | undefined => lines.find((line) => line.id === id);
const isSame = (a: Line | undefined, b: Line | undefined): boolean => (a && b ? readsSame(a, b) : a === b);

/**
 * Merges what one person wrote with what others saved since `base`, field by field and line by line. What only one of
 * them changed is taken; where both changed the same thing differently, it collides and nothing is merged. A line that
 * the form did not show is never removed.
 */
export function mergeJob(base: JobBase, mine: JobDraft, theirs: JobBase): Merged {
  const fields = jobFields.filter((field) => {
    const [was, now, other] = [fieldText(base, field), fieldText(mine, field), fieldText(theirs, field)];
    return now !== was && other !== was && now !== other;
  });
  const ids = [...new Set([...mine.lines, ...base.lines, ...theirs.lines].map(({ id }) => id))];
  const collides: Id<"line">[] = [];
  const lines: Line[] = [];
  const removed: Id<"line">[] = [];
  for (const id of ids) {
    const [was, now, other] = [lineIn(base.lines, id), lineIn(mine.lines, id), lineIn(theirs.lines, id)];
    const both = !isSame(now, was) && !isSame(other, was) && !isSame(now, other);
    if (both) collides.push(id);
    const kept = isSame(now, was) ? other : now;
    if (kept) lines.push(kept);
    else if (other) removed.push(id);
  }
  if (fields.length > 0 || collides.length > 0) return { fields, lines: collides };
  const from = (field: JobField): Written => (fieldText(mine, field) === fieldText(base, field) ? theirs : mine);
  const job = {
    id: mine.id,
    complaint: from("complaint").complaint,
    cause: from("cause").cause,
    correction: from("correction").correction,
    vmrs: from("vmrs").vmrs,
    technician: from("technician").technician,
    ...optionsOf(from("options")),
    lines,
  };
  return { job, removed };
}
