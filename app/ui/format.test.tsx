import { renderToStaticMarkup as html } from "react-dom/server";
import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { Moment } from "./clock";
import { FormatProvider, useFormat } from "./format";

/** Monday noon in Chicago, and Tuesday in Auckland. */
const servedAt = toUtcMs(Date.parse("2026-03-16T17:00:00Z"));
const chicago = { zone: "America/Chicago", locale: "en-US", currency: "USD", distanceUnit: "mi" } as const;
const auckland = { zone: "Pacific/Auckland", locale: "en-NZ", currency: "NZD", distanceUnit: "km" } as const;

function Facts() {
  const { money, day, shortDay, reading, today } = useFormat();
  return [today, money(toCents(1_240_00)), day("2026-12-21"), shortDay("2026-12-21"), reading("odometer", 1_609_344), reading("engine", 9_000)].join(" | ");
}

const facts = (locale: typeof chicago | typeof auckland) =>
  html(
    <FormatProvider locale={locale} servedAt={servedAt}>
      <Facts />
    </FormatProvider>,
  );

test("pages write money, days and meters as the organization does", () => {
  expect(facts(chicago)).toBe("2026-03-16 | $1,240.00 | Mon, Dec 21, 2026 | Dec 21, 2026 | 1,000 mi | 2.5 h");
  expect(facts(auckland)).toBe("2026-03-17 | $1,240.00 | Mon, 21 Dec 2026 | 21 Dec 2026 | 1,609 km | 2.5 h");
});

test("a moment is shown in the organization's zone, relative to the server's time", () => {
  const moment = (locale: typeof chicago | typeof auckland) =>
    html(
      <FormatProvider locale={locale} servedAt={servedAt}>
        <Moment at={servedAt} />
      </FormatProvider>,
    );
  expect(moment(chicago)).toContain("today 12:00 PM");
  expect(moment(auckland)).toContain("today 6:00 am");
});

test("outside of a portal's pages there is nothing to go by", () => {
  expect(() => html(<Moment at={servedAt} />)).toThrow("outside of a portal's pages");
});
