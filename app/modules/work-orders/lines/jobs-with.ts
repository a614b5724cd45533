import type { Job, OrderLine } from "../jobs/job";
import type { Order } from "../order";

/** Jobs with other lines at the order's next version; jobs of which no line changes are left out. */
export function jobsWith(order: Order, of: (line: OrderLine) => OrderLine): Job[] {
  const version = order.version + 1;
  return order.jobs.flatMap((job) => {
    const lines = job.lines.map((line) => {
      const next = of(line);
      return next === line ? line : { ...next, version };
    });
    return lines.some((line, at) => line !== job.lines[at]) ? [{ ...job, lines }] : [];
  });
}
