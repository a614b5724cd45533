import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HOUR, localText, MINUTE, toUtcMs } from "~/kernel/time";
import { afterOpenHours, hoursOf, hoursText, type OpeningHours, usualHours, weekdays } from "./opening-hours";

const zone = "America/Chicago";
const at = (text: string) => toUtcMs(Date.parse(text));

describe("hours that a shop is open", () => {
  test.each([
    ["within a day", "2026-12-02T15:00:00Z", 4, "2026-12-02T13:00"],
    ["over the night", "2026-12-02T21:00:00Z", 4, "2026-12-03T10:00"],
    ["over a weekend", "2026-12-04T22:00:00Z", 2, "2026-12-07T09:00"],
    ["from before opening", "2026-12-02T09:00:00Z", 1, "2026-12-02T09:00"],
    ["from a closed day", "2026-12-05T18:00:00Z", 9, "2026-12-07T17:00"],
    ["over the day on which clocks go forward", "2026-03-06T22:30:00Z", 2, "2026-03-09T09:30"],
  ])("%s", (_, from, hours, expected) => {
    expect(localText(afterOpenHours(at(from), hours, usualHours, zone), zone)).toBe(expected);
  });

  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const clock = (of: number) => `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
  const time = fc.option(
    fc
      .tuple(minutes, minutes)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ opens: clock(Math.min(a, b)), closes: clock(Math.max(a, b)) })),
  );
  const opening: fc.Arbitrary<OpeningHours> = fc.array(time, { minLength: 7, maxLength: 7 }).filter((days) => days.some((day) => day !== null));
  const instant = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-12-31T00:00:00Z") }).map(toUtcMs);

  test("the time is one at which the shop is open, and it has been open for so long", () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 12 }), opening, (from, hours, days) => {
        // Counted minute by minute, in a zone without clock changes.
        const end = afterOpenHours(from, hours, days, "UTC");
        const isOpen = (ms: number) => {
          const text = new Date(ms).toISOString().slice(11, 16);
          const of = days[(new Date(ms).getUTCDay() + 6) % 7];
          return of !== null && of !== undefined && text >= of.opens && text < of.closes;
        };
        if (end - from > 60 * 24 * HOUR) return;
        let open = 0;
        for (let ms: number = from; ms < end; ms += MINUTE) {
          const next = Math.min(end, (Math.floor(ms / MINUTE) + 1) * MINUTE);
          if (isOpen(ms)) open += next - ms;
          ms = next - MINUTE;
        }
        expect(open).toBe(hours * HOUR);
        expect(isOpen(end - 1)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("hours go through the form as they are", () => {
    fc.assert(
      fc.property(opening, (days) => {
        expect(hoursOf(hoursText(days))).toEqual({ ok: true, value: days });
      }),
    );
  });

  test("what can't be is refused where it was typed", () => {
    const typed = hoursText(usualHours);
    expect(hoursOf({ ...typed, closes0: "07:00" })).toEqual({ ok: false, error: { closes0: "Enter a time after opening." } });
    expect(hoursOf({ ...typed, opens1: "" })).toMatchObject({ error: { opens1: expect.stringContaining("Tuesday") } });
    expect(hoursOf({ ...typed, opens1: "25:00" })).toMatchObject({ error: { opens1: expect.stringContaining("Tuesday") } });
    expect(
      hoursOf(
        Object.fromEntries(
          weekdays.flatMap((_, day) => [
            [`opens${day}`, ""],
            [`closes${day}`, ""],
          ]),
        ),
      ),
    ).toMatchObject({ error: { opens0: expect.any(String) } });
  });
});
