import type { LaborRate } from "~/modules/organizations/shop-rules/shop-rules";
import type { Line } from "~/modules/work-orders/jobs/job";

type Rates = readonly LaborRate[];

/**
 * Reprices a deferred line: labor charged at one of the shop's rates takes that rate's current price. A price set by
 * hand and the price of a part stay, because only a person can update those.
 */
export function atTodaysPrice(line: Line, then: Rates, now: Rates): Line {
  const rate = line.kind === "labor" ? then.find(({ perHour }) => perHour === line.each) : undefined;
  const today = rate && now.find(({ name }) => name === rate.name);
  return today ? { ...line, each: today.perHour } : line;
}
