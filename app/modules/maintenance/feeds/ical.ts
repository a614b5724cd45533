import { addDays } from "~/kernel/days";
import type { UtcMs } from "~/kernel/time";

/** A whole day in a calendar. `uid` stays the same while its day moves, so calendars move the entry instead of adding one. */
export type CalendarEntry = { uid: string; day: string; summary: string; description: string; url: string };

const LINE_OCTETS = 75;
const stamp = (at: UtcMs): string => `${new Date(at).toISOString().replaceAll(/[-:]/g, "").slice(0, 15)}Z`;
const compact = (day: string): string => day.replaceAll("-", "");
const escaped = (text: string): string => text.replaceAll("\\", "\\\\").replaceAll(";", "\\;").replaceAll(",", "\\,").replaceAll(/\r?\n/g, "\\n");

/** A calendar file of RFC 5545. */
export function icalendar(name: string, entries: readonly CalendarEntry[], now: UtcMs): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//BayTrack//Maintenance//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`,
    "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ...entries.flatMap(({ uid, day, summary, description, url }) => [
      "BEGIN:VEVENT",
      `UID:${uid}`,
      `DTSTAMP:${stamp(now)}`,
      `DTSTART;VALUE=DATE:${compact(day)}`,
      `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`,
      `SUMMARY:${escaped(summary)}`,
      `DESCRIPTION:${escaped(description)}`,
      `URL:${url}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

/** A line has at most 75 octets; the rest goes on in lines that begin with a space, never within a character. */
function folded(line: string): string {
  const octets = (text: string) => new TextEncoder().encode(text).length;
  if (octets(line) <= LINE_OCTETS) return line;
  const parts: string[] = [];
  let part = "";
  let room = LINE_OCTETS;
  for (const character of line) {
    if (octets(part) + octets(character) > room) {
      parts.push(part);
      part = "";
      room = LINE_OCTETS - 1;
    }
    part += character;
  }
  return [...parts, part].join("\r\n ");
}
