import type { LaborRate } from "~/modules/organizations/shop-rules/shop-rules";
import type { Line } from "~/modules/work-orders/jobs/job";
import { fitsALine } from "~/modules/work-orders/jobs/job-form";

type Rates = readonly LaborRate[];

/**
 * Reprices a deferred line: labor charged at one of the shop's rates takes that rate's current price. A price set by
 * hand and the price of a part stay, because only a person can update those; so does one that is too large for a line at
 * today's rate.
 */
export function atTodaysPrice(line: Line, then: Rates, now: Rates): Line {
  const rate = line.kind === "labor" ? then.find(({ perHour }) => perHour === line.each) : undefined;
  const today = rate && now.find(({ name }) => name === rate.name);
  return today && fitsALine(today.perHour, line.quantity) ? { ...line, each: today.perHour } : line;
}
