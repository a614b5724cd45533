import fc from "fast-check";
import { expect, test } from "vitest";
import { toUtcMs } from "~/kernel/time";
import { type CalendarEntry, icalendar } from "./ical";
import { parseCalendar } from "./ical.fixtures";

const NOW = toUtcMs(Date.parse("2026-12-01T18:05:09Z"));

const entry = (change: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: "sch_1@shop.test",
  day: "2028-02-29",
  summary: "Unit 101: Engine oil, filters; all of them",
  description: "Northline Freight\nat 427,450 mi",
  url: "https://shop.test/assets/ast_1/maintenance",
  ...change,
});

test("a day is one whole day, across a leap day and the end of a month", () => {
  const [event] = parseCalendar(icalendar("Harbor Diesel", [entry()], NOW));
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
      const [event] = parseCalendar(icalendar("Shop", [entry({ summary, description })], NOW));
      expect([event?.SUMMARY, event?.DESCRIPTION]).toEqual([summary, description]);
    }),
  );
});
