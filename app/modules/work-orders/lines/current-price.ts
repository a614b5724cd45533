import type { LaborRate } from "~/modules/organizations/shop-rules/shop-rules";
import { fitsALine, type Line } from "../jobs/job";

/**
 * Reprices a deferred line: labor that was charged at one of the shop's rates takes that rate's current price. A price
 * set by hand and the price of a part stay, because only a person can update those; so does one that is too large for a
 * line at today's rate. `rates` are all that the shop ever had, newest first.
 */
export function atTodaysPrice(line: Line, rates: readonly (readonly LaborRate[])[]): Line {
  const [current = []] = rates;
  if (line.kind !== "labor") return line;
  const was = rates.flat().find(({ perHour }) => perHour === line.each);
  const today = was && current.find(({ name }) => name === was.name);
  return today && fitsALine(today.perHour, line.quantity) ? { ...line, each: today.perHour } : line;
}
