import { type Id, newId } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { type CannedDraft, fitsALine, type JobDraft, type Line } from "../jobs/job";
import type { JobOptions } from "../lines/job-options";

/** A standard repair. Its labor lines keep the price they had when it was saved. */
export type CannedJob = {
  id: Id<"cannedJob">;
  name: string;
  complaint: string;
  correction: string;
  vmrs: string | null;
  /** Ways to do it that the customer chooses from; null if there is one. */
  options: JobOptions | null;
  lines: readonly Line[];
  version: number;
};

/** The job it becomes on an order: with new ids of lines and options, and labor at the customer's agreed rate if there is one. */
export function jobFrom(canned: CannedJob, jobId: Id<"job">, agreedRate: Cents | null): CannedDraft {
  const ids = new Map(canned.lines.map(({ id }) => [id, newId("line")]));
  const options = new Map((canned.options?.list ?? []).map(({ id }) => [id, newId("option")]));
  const optionOf = (id: Id<"option">): Id<"option"> => options.get(id) ?? id;
  const lines = canned.lines.map(({ ofLine, option, ...line }) => ({
    ...line,
    ...coreOf(ofLine && ids.get(ofLine)),
    ...(option ? { option: optionOf(option) } : {}),
    id: ids.get(line.id) ?? newId("line"),
    each: line.kind === "labor" && agreedRate !== null && fitsALine(agreedRate, line.quantity) ? agreedRate : line.each,
  }));
  return {
    id: jobId,
    cannedJobId: canned.id,
    complaint: canned.complaint,
    cause: "",
    correction: canned.correction,
    vmrs: canned.vmrs,
    technician: null,
    ...optionsOf(canned, optionOf),
    lines,
  };
}

const optionsOf = ({ options }: CannedJob, idOf: (id: Id<"option">) => Id<"option">): Pick<JobDraft, "options"> =>
  options ? { options: { list: options.list.map(({ id, name }) => ({ id: idOf(id), name })), preselected: idOf(options.preselected) } } : {};

const coreOf = (part: Id<"line"> | undefined) => (part ? { ofLine: part } : {});
