import type { Id } from "~/kernel/ids";
import type { Job, OrderLine } from "../jobs/job";
import type { Order } from "../order";
import { alternativesTo, decidedOn, isRefusedWork } from "./authorization";
import { choiceOf, livingOptions } from "./job-options";
import { newLine } from "./order-lines";

type NewIds = { job(): Id<"job">; line(): Id<"line"> };

/**
 * The jobs of an order for the new owner of its unit: the same work under new ids, without what was offered, decided or
 * done. What the former owner refused stays on their order, as the unit's deferred work.
 */
export function copiedJobs(order: Order, ids: NewIds): Job[] {
  const open = new Set<string>(alternativesTo(order, () => true).map(({ id }) => id));
  return order.jobs.map(({ options: _, ...job }) => {
    const lines = job.lines.filter(({ id }) => open.has(id) || !isRefusedWork(decidedOn(order, id).state));
    const options = copiedOptions(order, job.id, lines);
    const newIds = new Map(lines.map(({ id }) => [id, ids.line()]));
    const copied = ({ option, ofLine, ...line }: OrderLine): OrderLine => {
      const part = ofLine && newIds.get(ofLine);
      const written = { ...line, id: newIds.get(line.id) ?? ids.line(), ...(option && options ? { option } : {}), ...(part ? { ofLine: part } : {}) };
      return { ...newLine({ ...written, ...(line.vendorJobId ? { cost: null } : {}) }, 1), revivedFrom: line.revivedFrom };
    };
    return { ...job, ...(options ? { options } : {}), id: ids.job(), correction: "", technician: null, version: 1, lines: lines.map(copied) };
  });
}

/** The options that can still be chosen; a job of which one was chosen already has none. */
function copiedOptions(order: Order, jobId: Id<"job">, lines: readonly OrderLine[]): Job["options"] {
  const job = order.jobs.find(({ id }) => id === jobId);
  const choice = job && choiceOf(job, order.decisions);
  const list = job ? livingOptions({ ...job, lines }) : [];
  return choice && list.length > 1 ? { list, preselected: choice.counts } : undefined;
}
