import { type Id, newId } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import type { JobDraft, Line } from "../jobs/job";
import { fitsALine } from "../jobs/job-form";

/** A standard repair. Its labor lines keep the price they had when it was saved. */
export type CannedJob = {
  id: Id<"cannedJob">;
  name: string;
  complaint: string;
  correction: string;
  vmrs: string | null;
  lines: readonly Line[];
  version: number;
};

/** The job it becomes on an order: with new line ids, and labor at the customer's agreed rate if there is one. */
export function jobFrom(canned: CannedJob, jobId: Id<"job">, agreedRate: Cents | null): JobDraft {
  const ids = new Map(canned.lines.map(({ id }) => [id, newId("line")]));
  const lines = canned.lines.map(({ ofLine, ...line }) => ({
    ...line,
    ...coreOf(ofLine && ids.get(ofLine)),
    id: ids.get(line.id) ?? newId("line"),
    each: line.kind === "labor" && agreedRate !== null && fitsALine(agreedRate, line.quantity) ? agreedRate : line.each,
  }));
  return { id: jobId, complaint: canned.complaint, cause: "", correction: canned.correction, vmrs: canned.vmrs, technician: null, lines };
}

const coreOf = (part: Id<"line"> | undefined) => (part ? { ofLine: part } : {});
