import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { type Cents, formatMoney } from "~/kernel/money";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import { dayOf, formatDay, formatShortDay, MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import { formatDistance, formatEngineHours } from "~/kernel/units";
import { useNow } from "./live/use-now";

/** How the pages of a portal write time, money and meters. */
export type Format = OrganizationLocale & {
  now: UtcMs;
  /** The organization's calendar day, "2026-12-21". */
  today: string;
  money(cents: Cents): string;
  /** A calendar day, "2026-12-21": "Mon, Dec 21, 2026". */
  day(day: string): string;
  /** "Dec 21, 2026", for tables. */
  shortDay(day: string): string;
  /** A meter's value, in meters or seconds as it is stored. */
  reading(meter: "odometer" | "engine" | "reefer" | "pto", value: number): string;
};

const FormatContext = createContext<Format | null>(null);

type Props = { locale: OrganizationLocale /** The server's time when the page was made. */; servedAt: UtcMs; children: ReactNode };

/** Around all pages of a portal: what `Moment` and `useFormat` go by. The time moves on while a page is open. */
export function FormatProvider({ locale: { zone, locale, currency, distanceUnit }, servedAt, children }: Props) {
  const now = useServerTime(servedAt);
  const format = useMemo<Format>(
    () => ({
      zone,
      locale,
      currency,
      distanceUnit,
      now,
      today: dayOf(now, zone),
      money: (cents) => formatMoney(cents, currency, locale),
      day: (day) => formatDay(day, locale),
      shortDay: (day) => formatShortDay(day, locale),
      reading: (meter, value) => (meter === "odometer" ? formatDistance(value, distanceUnit, locale) : formatEngineHours(value, locale)),
    }),
    [zone, locale, currency, distanceUnit, now],
  );
  return <FormatContext.Provider value={format}>{children}</FormatContext.Provider>;
}

/** A device's clock may be minutes or days off; then the server's goes on from when the page was made. */
const MOST_OFF = 5 * MINUTE;

function useServerTime(servedAt: UtcMs): UtcMs {
  const [ahead] = useState(() => Date.now() - servedAt);
  const now = useNow(servedAt, 30_000);
  return now === servedAt || Math.abs(ahead) < MOST_OFF ? now : toUtcMs(now - ahead);
}

export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (!format) throw new Error("outside of a portal's pages there is no zone, no currency and no locale");
  return format;
}
