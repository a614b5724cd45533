import fc from "fast-check";
import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { type CalendarEntry, icalendar } from "./ical";

const NOW = toUtcMs(Date.parse("2026-12-01T18:05:09Z"));

/** Reads a calendar as a calendar program does: unfolds, splits and unescapes. */
function parse(text: string): Record<string, string>[] {
  expect(text.endsWith("\r\n")).toBe(true);
  const lines = text.slice(0, -2).split("\r\n");
  for (const line of lines) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
  const unfolded = text.replaceAll("\r\n ", "").slice(0, -2).split("\r\n");
  expect([unfolded[0], unfolded.at(-1)]).toEqual(["BEGIN:VCALENDAR", "END:VCALENDAR"]);
  const events: Record<string, string>[] = [];
  for (const line of unfolded) {
    if (line === "BEGIN:VEVENT") events.push({});
    const at = line.indexOf(":");
    const value = line.slice(at + 1).replaceAll(/\\([\\;,n])/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
    const last = events.at(-1);
    if (last) last[line.slice(0, at)] = value;
  }
  return events;
}

const entry = (change: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: "sch_1@shop.test",
  day: "2028-02-29",
  summary: "Unit 101: Engine oil, filters; all of them",
  description: "Northline Freight\nat 427,450 mi",
  url: "https://shop.test/assets/ast_1/maintenance",
  ...change,
});

test("a day is one whole day, across a leap day and the end of a month", () => {
  const [event] = parse(icalendar("Harbor Diesel", [entry()], NOW));
  expect(event).toMatchObject({
    UID: "sch_1@shop.test",
    DTSTAMP: "20261201T180509Z",
    "DTSTART;VALUE=DATE": "20280229",
    "DTEND;VALUE=DATE": "20280301",
    SUMMARY: "Unit 101: Engine oil, filters; all of them",
    DESCRIPTION: "Northline Freight\nat 427,450 mi",
  });
});

test("any text comes back as it was, in lines of at most 75 octets", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 200 }).map((typed) => typed.replaceAll(/\r\n?/g, "\n"));
  fc.assert(
    fc.property(text, text, (summary, description) => {
      const [event] = parse(icalendar("Shop", [entry({ summary, description })], NOW));
      expect([event?.SUMMARY, event?.DESCRIPTION]).toEqual([summary, description]);
    }),
  );
});
