import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Certification,
  certificationRound,
  type DefectFacts,
  type DefectSeverity,
  type DefectState,
  defectSeverities,
  defectState,
  type ReviewOutcome,
  type UnitCondition,
  unitCondition,
} from "./defect";

const HOUR = 3_600_000;
const fresh: DefectFacts = { severity: "safety", certifications: [], reviews: [], sightings: [] };
const certified = (...rounds: number[]): Certification[] => rounds.map((round) => ({ round, at: round * HOUR }));

describe("the state of a defect", () => {
  it("is open until somebody certifies, and then waits for a driver's review", () => {
    expect(defectState(fresh)).toBe("open");
    expect(defectState({ ...fresh, certifications: certified(1) })).toBe("certified");
    expect(defectState({ ...fresh, certifications: certified(1), reviews: [{ round: 1, outcome: "accepted" }] })).toBe("closed");
  });

  it("is opened again by a rejection, in the next round, and stays open whoever accepts the rejected round later", () => {
    const rejected: DefectFacts = { ...fresh, certifications: certified(1), reviews: [{ round: 1, outcome: "rejected" }] };
    expect(defectState(rejected)).toBe("open");
    expect(certificationRound(rejected)).toBe(2);
    expect(defectState({ ...rejected, reviews: [...rejected.reviews, { round: 1, outcome: "accepted" }] })).toBe("open");
    const again = { ...rejected, certifications: certified(1, 2) };
    expect(defectState(again)).toBe("certified");
    expect(defectState({ ...again, reviews: [...again.reviews, { round: 2, outcome: "accepted" }] })).toBe("closed");
  });

  it("is open where a driver saw it again after the certification, not where that report is older", () => {
    const [signedAt] = certified(1).map(({ at }) => at);
    const at = signedAt ?? 0;
    expect(defectState({ ...fresh, certifications: certified(1), sightings: [{ seenAt: at + 1 }] })).toBe("open");
    expect(defectState({ ...fresh, certifications: certified(1), sightings: [{ seenAt: at - 1 }, { seenAt: at }] })).toBe("certified");
    const accepted: DefectFacts = { ...fresh, certifications: certified(1), reviews: [{ round: 1, outcome: "accepted" }] };
    expect(defectState({ ...accepted, sightings: [{ seenAt: at + 1 }] })).toBe("open");
  });

  it("is open where two drivers disagree about the same repair, in either order", () => {
    const [yes, no] = [
      { round: 1, outcome: "accepted" },
      { round: 1, outcome: "rejected" },
    ] as const;
    for (const reviews of [
      [yes, no],
      [no, yes],
    ])
      expect(defectState({ ...fresh, certifications: certified(1), reviews })).toBe("open");
  });

  it("takes no notice of a review of an earlier round", () => {
    expect(defectState({ ...fresh, certifications: certified(1, 2), reviews: [{ round: 1, outcome: "accepted" }] })).toBe("certified");
  });
});

describe("the condition of a unit", () => {
  it("is the worst that any of its defects has", () => {
    const minor: DefectFacts = { ...fresh, severity: "minor" };
    const waiting: DefectFacts = { ...fresh, certifications: certified(1) };
    expect(unitCondition([])).toBe("ready");
    expect(unitCondition([waiting])).toBe("review-pending");
    expect(unitCondition([waiting, minor])).toBe("open-defects");
    expect(unitCondition([waiting, minor, fresh])).toBe("do-not-operate");
    expect(unitCondition([{ ...waiting, reviews: [{ round: 1, outcome: "accepted" }] }])).toBe("ready");
  });
});

/** What was signed about a unit, one fact at a time, as it happened. */
type Fact =
  | { kind: "reported"; defect: number; severity: DefectSeverity; at: number }
  | { kind: "certified"; defect: number; round: number; at: number }
  | { kind: "reviewed"; defect: number; round: number; outcome: ReviewOutcome; at: number }
  /** A correction names what was seen on the walk around that it corrects. */
  | { kind: "seen"; defect: number; at: number; seenAt: number };

const happenedAt = (fact: Fact): number => (fact.kind === "seen" ? fact.seenAt : fact.at);

/** The naive model: what happened is played in the order of the hours at which it happened, and a state is kept. */
function played(facts: readonly Fact[]): UnitCondition {
  const states = new Map<number, { severity: DefectSeverity; state: DefectState; rejected: boolean }>();
  for (const fact of facts.toSorted((one, other) => happenedAt(one) - happenedAt(other))) {
    if (fact.kind === "reported") {
      states.set(fact.defect, { severity: fact.severity, state: "open", rejected: false });
      continue;
    }
    const it = states.get(fact.defect);
    if (!it) throw new Error("a fact about a defect that nobody reported");
    if (fact.kind === "certified") Object.assign(it, { state: "certified", rejected: false });
    else if (fact.kind === "seen") Object.assign(it, { state: "open", rejected: it.state !== "open" || it.rejected });
    else if (fact.outcome === "rejected") Object.assign(it, { state: "open", rejected: true });
    else if (!it.rejected) it.state = "closed";
  }
  const all = [...states.values()];
  if (all.some(({ state, severity }) => state === "open" && severity === "safety")) return "do-not-operate";
  if (all.some(({ state }) => state === "open")) return "open-defects";
  return all.some(({ state }) => state === "certified") ? "review-pending" : "ready";
}

/** The facts as the database holds them after they arrived in this order: rows, and no order that counts. */
function stored(arrived: readonly Fact[]): DefectFacts[] {
  const severities = new Map<number, DefectSeverity>();
  const rows = new Map<number, { certifications: Certification[]; reviews: { round: number; outcome: ReviewOutcome }[]; sightings: { seenAt: number }[] }>();
  for (const fact of arrived) {
    const row = rows.get(fact.defect) ?? { certifications: [], reviews: [], sightings: [] };
    rows.set(fact.defect, row);
    if (fact.kind === "reported") severities.set(fact.defect, fact.severity);
    if (fact.kind === "certified") row.certifications.push(fact);
    if (fact.kind === "reviewed") row.reviews.push(fact);
    if (fact.kind === "seen") row.sightings.push(fact);
  }
  return [...severities].map(([defect, severity]) => ({ severity, ...(rows.get(defect) ?? { certifications: [], reviews: [], sightings: [] }) }));
}

/** What can happen to a unit: an open defect is certified; one that was certified is reviewed or seen again; reports are corrected. */
const history = fc
  .array(
    fc.record({
      defect: fc.nat(3),
      move: fc.constantFrom("certify", "accept", "reject", "see", "correct"),
      severity: fc.constantFrom(...defectSeverities),
      corrected: fc.nat(30),
    }),
    { maxLength: 24 },
  )
  .map((moves) => {
    const facts: Fact[] = [];
    const rounds = new Map<number, { round: number; open: boolean; reportedAt: number; certifiedAt: number }>();
    const reports: number[] = [];
    for (const [hour, { defect, move, severity, corrected }] of moves.entries()) {
      const at = (hour + 1) * HOUR;
      const it = rounds.get(defect);
      if (!it) {
        facts.push({ kind: "reported", defect, severity, at });
        rounds.set(defect, { round: 0, open: true, reportedAt: at, certifiedAt: 0 });
        reports.push(at);
      } else if (move === "see") {
        facts.push({ kind: "seen", defect, at, seenAt: at });
        it.open = true;
        reports.push(at);
      } else if (move === "correct") {
        const seenAt = reports[corrected % reports.length] ?? at;
        if (seenAt < it.reportedAt) continue;
        facts.push({ kind: "seen", defect, at, seenAt });
        // What was certified since stays certified.
        if (seenAt > it.certifiedAt) it.open = true;
      } else if (move === "certify" && it.open) {
        it.round += 1;
        it.open = false;
        it.certifiedAt = at;
        facts.push({ kind: "certified", defect, round: it.round, at });
      } else if (move !== "certify" && it.round > 0) {
        facts.push({ kind: "reviewed", defect, round: it.round, outcome: move === "accept" ? "accepted" : "rejected", at });
        if (move === "reject") it.open = true;
      }
    }
    return facts;
  });

describe("arrival", () => {
  it("does not matter: in any order the condition is that of what happened", () => {
    const arrivals = history.chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })));
    fc.assert(
      fc.property(arrivals, ([facts, arrived]) => {
        expect(unitCondition(stored(arrived))).toBe(played(facts));
      }),
      { numRuns: 500 },
    );
  });

  it("of a report twice changes nothing", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const rows = stored(facts);
        const doubled = rows.map((row) => ({ ...row, reviews: [...row.reviews, ...row.reviews], sightings: [...row.sightings, ...row.sightings] }));
        expect(unitCondition(doubled)).toBe(unitCondition(rows));
      }),
    );
  });

  it("of reports alone never closes anything", () => {
    fc.assert(
      fc.property(history, (facts) => {
        const reports = facts.filter(({ kind }) => kind === "reported" || kind === "seen");
        expect(stored(reports).map(defectState)).toEqual(stored(reports).map(() => "open"));
      }),
    );
  });
});
