import type { Id } from "~/kernel/ids";
import type { Job, OrderLine } from "../jobs/job";
import type { Order } from "../order";
import { decidedOn, isRefusedWork } from "./authorization";
import { newLine } from "./order-lines";

type NewIds = { job(): Id<"job">; line(): Id<"line"> };

/**
 * The jobs of an order for the new owner of its unit: the same work under new ids, without what was offered, decided or
 * done. What the former owner refused stays on their order, as the unit's deferred work.
 */
export function copiedJobs(order: Order, ids: NewIds): Job[] {
  const copied = (line: OrderLine): OrderLine => ({
    ...newLine({ ...line, id: ids.line(), ...(line.vendorJobId ? { cost: null } : {}) }, 1),
    revivedFrom: line.revivedFrom,
  });
  return order.jobs.map((job) => ({
    ...job,
    id: ids.job(),
    correction: "",
    technician: null,
    version: 1,
    lines: job.lines.filter(({ id }) => !isRefusedWork(decidedOn(order, id).state)).map(copied),
  }));
}
