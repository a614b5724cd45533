import { canonical } from "~/kernel/canonical";
import type { Line, OrderLine } from "../jobs/job";

/** The written part of a line, without what the order keeps about it. */
export const writtenOf = ({ id, kind, text, partNumber, quantity, each, discount, cost, supplies, safety, option, ofLine }: Line): Line => ({
  id,
  kind,
  text,
  partNumber,
  quantity,
  each,
  ...(discount ? { discount } : {}),
  cost,
  supplies,
  ...(safety ? { safety } : {}),
  ...(option ? { option } : {}),
  ...(ofLine ? { ofLine } : {}),
});

/** Whether two lines read the same, whatever the order keeps about them. */
export const readsSame = (a: Line, b: Line): boolean => canonical(writtenOf(a)) === canonical(writtenOf(b));

/** A line written at this version of its order. */
export const newLine = (line: Line, version: number): OrderLine => ({
  ...writtenOf(line),
  version,
  writtenIn: version,
  quoted: null,
  offer: null,
  offeredWith: null,
  done: null,
  revivedFrom: null,
  vendorJobId: null,
  priceFollows: false,
  priceOpen: false,
});

/** What the order keeps about a line beside what is written in it. */
const keptOf = ({ version, writtenIn, quoted, offer, offeredWith, done, revivedFrom, vendorJobId, priceFollows, priceOpen }: OrderLine) => ({
  version,
  writtenIn,
  quoted,
  offer,
  offeredWith,
  done,
  revivedFrom,
  vendorJobId,
  priceFollows,
  priceOpen,
});

/** Lines as written, each with what the order keeps about it; one that reads as before keeps its version. */
export const asOrderLines = (written: readonly Line[], known: readonly OrderLine[], version: number): OrderLine[] =>
  written.map((line) => {
    const before = known.find(({ id }) => id === line.id);
    if (!before) return newLine(line, version);
    if (readsSame(before, line)) return before;
    // A price that a person writes doesn't follow the vendor's anymore; the cost of outside work is the vendor's invoice.
    const priced = line.each === before.each ? {} : { priceFollows: false, priceOpen: false };
    const cost = before.vendorJobId ? { cost: before.cost } : {};
    return { ...keptOf(before), ...writtenOf(line), ...cost, ...priced, version };
  });
