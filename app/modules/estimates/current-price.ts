import type { LaborRate } from "~/modules/organizations/shop-rules/shop-rules";
import type { Line } from "~/modules/work-orders/jobs/job";

type Rates = readonly LaborRate[];

/**
 * A line that is offered again, at today's price: an hour that was charged at one of the shop's rates is charged at
 * what that rate is now. A price that somebody set by hand, and what a part costs, only a person can bring up to date.
 */
export function atTodaysPrice(line: Line, then: Rates, now: Rates): Line {
  const rate = line.kind === "labor" ? then.find(({ perHour }) => perHour === line.each) : undefined;
  const today = rate && now.find(({ name }) => name === rate.name);
  return today ? { ...line, each: today.perHour } : line;
}
