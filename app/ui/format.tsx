import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Cents, formatMoney } from "~/kernel/money";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import type { UtcMs } from "~/kernel/time";
import { useNow } from "./live/use-now";

/** How the pages of a portal write time, money and distance. */
export type Format = OrganizationLocale & { now: UtcMs; money(cents: Cents): string };

const FormatContext = createContext<Format | null>(null);

type Props = { locale: OrganizationLocale /** The server's time when the page was made. */; servedAt: UtcMs; children: ReactNode };

/** Around all pages of a portal: what `Moment` and `useFormat` go by. The time moves on while a page is open. */
export function FormatProvider({ locale: { zone, locale, currency, distanceUnit }, servedAt, children }: Props) {
  const now = useNow(servedAt, 60_000);
  const format = useMemo(
    () => ({ zone, locale, currency, distanceUnit, now, money: (cents: Cents) => formatMoney(cents, currency, locale) }),
    [zone, locale, currency, distanceUnit, now],
  );
  return <FormatContext.Provider value={format}>{children}</FormatContext.Provider>;
}

export function useFormat(): Format {
  const format = useContext(FormatContext);
  if (!format) throw new Error("outside of a portal's pages there is no zone, no currency and no locale");
  return format;
}

/** The same where a piece is also shown outside of a portal's pages. */
export const useFormatIfAny = (): Format | null => useContext(FormatContext);
