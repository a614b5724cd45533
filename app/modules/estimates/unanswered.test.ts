import { describe, expect, it } from "vitest";
import { toUtcMs } from "~/kernel/time";
import type { RevisionState } from "./revision";
import { isClosed, lapsedBefore } from "./unanswered";

const LAPSED = "2030-04-01";
const one = (state: RevisionState, validThrough = "2030-04-01") => ({ revisions: [{ revision: 1, state, offer: {}, content: { validThrough } }] }) as never; // all that it looks at

describe("an order's estimates lead to no work anymore", () => {
  it("where each was declined, or expired 30 days ago without an answer", () => {
    expect(isClosed([one("declined")], LAPSED)).toBe(true);
    expect(isClosed([one("sent", "2030-03-31"), one("declined")], LAPSED)).toBe(true);
    expect(isClosed([one("sent", "2030-04-01")], LAPSED)).toBe(false);
  });

  it("not while the shop writes one or owes an answer, or the customer approved something", () => {
    for (const state of ["draft", "changes-requested", "approved", "partially-approved"] as const)
      expect(isClosed([one("declined"), one(state, "2030-01-01")], LAPSED)).toBe(false);
  });

  it("without regard to withdrawn ones, and not where there are no others", () => {
    expect(isClosed([one("declined"), one("withdrawn")], LAPSED)).toBe(true);
    expect(isClosed([one("withdrawn")], LAPSED)).toBe(false);
    expect(isClosed([], LAPSED)).toBe(false);
  });

  it("counts the 30 days in the shop's zone", () => {
    expect(lapsedBefore(toUtcMs(Date.parse("2030-05-01T10:00:00Z")), "UTC")).toBe("2030-04-01");
    expect(lapsedBefore(toUtcMs(Date.parse("2030-05-01T10:00:00Z")), "Pacific/Honolulu")).toBe("2030-04-01");
    expect(lapsedBefore(toUtcMs(Date.parse("2030-05-01T09:00:00Z")), "Pacific/Honolulu")).toBe("2030-03-31");
  });
});
