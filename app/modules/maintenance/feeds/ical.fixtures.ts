import { expect } from "vitest";

/** Reads a calendar as a calendar program does: unfolds, splits and unescapes. */
export function parseCalendar(text: string): Record<string, string>[] {
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
