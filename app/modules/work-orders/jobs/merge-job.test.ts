import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCents, toQuantity } from "~/kernel/money";
import { jobOf, lineId, person, usd, writtenLine } from "../../../../tests/world/order-values";
import type { Job, Line } from "./job";
import { type Collision, type JobBase, type JobField, jobFields, mergeJob } from "./merge-job";

type Written = Job<Line>;
const job = (lines: readonly Line[] = [], more: Partial<Written> = {}): Written => jobOf(1, lines, more);
const merged = (base: JobBase, mine: Written, theirs: JobBase) => {
  const result = mergeJob(base, mine, theirs);
  if ("fields" in result) throw new Error(JSON.stringify(result));
  return result;
};
const collision = (base: JobBase, mine: Written, theirs: JobBase): Collision | null => {
  const result = mergeJob(base, mine, theirs);
  return "fields" in result ? result : null;
};
const textsOf = ({ lines }: Pick<Written, "lines">) => lines.map(({ text }) => text);

const [hose, horn] = [writtenLine(1, 40, { text: "Hose" }), writtenLine(2, 60, { text: "Horn" })];

describe("merging a job that two people changed", () => {
  it("keeps both where they changed different fields", () => {
    const base = job();
    const both = merged(base, job([], { cause: "Chafed hose" }), job([], { correction: "Replaced", technician: person(2) }));
    expect(both.job).toMatchObject({ cause: "Chafed hose", correction: "Replaced", technician: person(2) });
  });

  it("keeps both where they changed different lines", () => {
    const base = job([hose, horn]);
    const both = merged(base, job([{ ...hose, each: usd(45) }, horn]), job([hose, { ...horn, quantity: toQuantity(2_000) }]));
    expect(both).toMatchObject({ job: { lines: [{ each: usd(45) }, { quantity: 2_000 }] }, removed: [] });
  });

  it("never removes a line that the form did not show", () => {
    const theirs = job([hose, horn]);
    expect(merged(job([hose]), job([]), theirs)).toMatchObject({ job: { lines: [horn] }, removed: [hose.id] });
    expect(textsOf(merged(job(), job(), theirs).job)).toEqual(["Hose", "Horn"]);
  });

  it("adds the lines of both", () => {
    const both = merged(job(), job([hose]), job([horn]));
    expect(textsOf(both.job)).toEqual(["Hose", "Horn"]);
  });

  it("removes a line that one of them removed and the other left as it was", () => {
    expect(merged(job([hose, horn]), job([horn]), job([hose, horn]))).toMatchObject({ job: { lines: [horn] }, removed: [hose.id] });
    expect(merged(job([hose, horn]), job([hose, horn]), job([horn]))).toMatchObject({ job: { lines: [horn] }, removed: [] });
    expect(merged(job([hose]), job(), job())).toMatchObject({ job: { lines: [] }, removed: [] });
  });

  it("collides where they changed the same field or line differently, and names it", () => {
    const base = job([hose, horn]);
    const mine = job([{ ...hose, each: usd(45) }, horn], { cause: "Chafed hose", vmrs: "013" });
    const theirs = job(
      [
        { ...hose, each: usd(50) },
        { ...horn, each: usd(70) },
      ],
      { cause: "Loose fitting", vmrs: "013" },
    );
    expect(collision(base, mine, theirs)).toEqual({ fields: ["cause"], lines: [hose.id] });
  });

  it("collides where one changed a line that the other removed", () => {
    const changed = { ...hose, each: usd(45) };
    expect(collision(job([hose]), job([changed]), job())).toEqual({ fields: [], lines: [hose.id] });
    expect(collision(job([hose]), job(), job([changed]))).toEqual({ fields: [], lines: [hose.id] });
  });

  it("compares technicians by who they are, not by what they were called", () => {
    const renamed = { ...person(1), name: "Renamed" };
    const base = job([], { technician: person(1) });
    expect(merged(base, job([], { technician: person(2) }), job([], { technician: renamed })).job.technician).toEqual(person(2));
    expect(collision(base, job([], { technician: person(2) }), job([], { technician: null }))).toEqual({ fields: ["technician"], lines: [] });
  });
});

const MOST_LINES = 4;
const line = fc
  .record({ n: fc.integer({ min: 1, max: MOST_LINES }), each: fc.integer({ min: 1, max: 3 }) })
  .map(({ n, each }) => writtenLine(n, 0, { each: toCents(each) }));
const field = fc.constantFrom("", "a", "b");
const anyJob: fc.Arbitrary<Written> = fc
  .record({
    complaint: field,
    cause: field,
    correction: field,
    vmrs: fc.constantFrom(null, "013", "014"),
    technician: fc.constantFrom(null, person(1), person(2)),
    lines: fc.uniqueArray(line, { maxLength: MOST_LINES, selector: ({ id }) => id }),
  })
  .map(({ lines, ...more }) => job(lines, more));

/** What a job has in one place: a field, or a line without the order of lines. Equal text means equal content. */
type Place = JobField | number;
const places: readonly Place[] = [...jobFields, ...Array.from({ length: MOST_LINES }, (_, at) => at + 1)];
const at = (one: JobBase, place: Place): string =>
  JSON.stringify(typeof place === "number" ? (one.lines.find(({ id }) => id === lineId(place)) ?? null) : one[place]);
/** The textbook three-way merge of one place; null where both changed it differently. */
const naively = (was: string, mine: string, theirs: string): string | null => (mine === theirs ? mine : mine === was ? theirs : theirs === was ? mine : null);

describe("merging any three versions of a job", () => {
  it("is a three-way merge of each field and line, so that no change is lost without a collision", () => {
    let merges = 0;
    fc.assert(
      fc.property(anyJob, anyJob, anyJob, fc.constantFrom<readonly Place[]>(places, [1, 2], ["cause", 3]), (base, mineAll, theirsAll, mineOnly) => {
        // Most changes of two random jobs collide; one who changes little merges often.
        const mine = mineOnly === places ? mineAll : changedOnly(base, mineAll, mineOnly);
        const theirs =
          mineOnly === places
            ? theirsAll
            : changedOnly(
                base,
                theirsAll,
                places.filter((place) => !mineOnly.includes(place) || place === 2),
              );
        const expected = places.map((place) => naively(at(base, place), at(mine, place), at(theirs, place)));
        const collides = places.filter((_, place) => expected[place] === null);
        const result = mergeJob(base, mine, theirs);
        if ("fields" in result) {
          expect([...result.fields, ...result.lines].sort()).toEqual(collides.map((place) => (typeof place === "number" ? lineId(place) : place)).sort());
          expect(collides.length).toBeGreaterThan(0);
          return;
        }
        merges += 1;
        expect(places.map((place) => at(result.job, place))).toEqual(expected);
        expect(new Set(result.job.lines.map(({ id }) => id)).size).toBe(result.job.lines.length);
        // Removed are the lines that are saved and gone after the merge, and each of them was on the form when it was opened.
        const gone = theirs.lines.map(({ id }) => id).filter((id) => !result.job.lines.some((kept) => kept.id === id));
        expect([...result.removed].sort()).toEqual(gone.sort());
        for (const id of result.removed) expect(base.lines.map((known) => known.id)).toContain(id);
      }),
      { numRuns: 2_000 },
    );
    expect(merges).toBeGreaterThan(500);
  });

  it("never collides where only one of them changed something, and takes that", () => {
    fc.assert(
      fc.property(anyJob, anyJob, (base, other) => {
        expect(contentOf(merged(base, other, base).job)).toEqual(contentOf(other));
        expect(contentOf(merged(base, base, other).job)).toEqual(contentOf(other));
        expect(contentOf(merged(base, other, other).job)).toEqual(contentOf(other));
      }),
    );
  });

  it("changes nothing when the same form is merged again", () => {
    fc.assert(
      fc.property(anyJob, anyJob, anyJob, (base, mine, theirs) => {
        const once = mergeJob(base, mine, theirs);
        if ("fields" in once) return;
        const again = mergeJob(base, mine, once.job);
        expect(again).toEqual({ job: expect.anything(), removed: [] });
        if ("job" in again) expect(contentOf(again.job)).toEqual(contentOf(once.job));
      }),
    );
  });
});

const contentOf = (one: JobBase) => places.map((place) => at(one, place));

/** `base` with what `other` has in these places. */
function changedOnly(base: Written, other: Written, where: readonly Place[]): Written {
  const ofOther = (id: string) => where.some((place) => typeof place === "number" && lineId(place) === id);
  const fields = Object.fromEntries(jobFields.map((name) => [name, where.includes(name) ? other[name] : base[name]]));
  return { ...base, ...fields, lines: [...base.lines.filter(({ id }) => !ofOther(id)), ...other.lines.filter(({ id }) => ofOther(id))] };
}
