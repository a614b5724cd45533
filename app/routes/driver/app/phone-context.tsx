import { createContext, useContext } from "react";
import { dateFormat } from "~/kernel/intl";
import { formatDistance, formatEngineHours } from "~/kernel/units";
import type { Start } from "./phone/phone-database.client";
import type { Wording } from "./wording";

/** What every screen of the driver's app needs. */
export type Phone = Wording & {
  start: Start;
  /** "Nov 30, 4:12 PM", in the shop's zone. */
  formatTime(at: number): string;
  formatMeter(meter: "odometer" | "engine", value: number): string;
};

const PhoneContext = createContext<Phone | null>(null);
export const PhoneProvider = PhoneContext.Provider;

export function usePhone(): Phone {
  const phone = useContext(PhoneContext);
  if (!phone) throw new Error("a screen outside of the driver's app");
  return phone;
}

export function phoneOf(start: Start, wording: Wording): Phone {
  const { zone, locale, distanceUnit } = start.shop;
  const shown = wording.language === "es" ? "es-US" : locale;
  const time = dateFormat(shown, { timeZone: zone, month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
  return {
    start,
    ...wording,
    formatTime: (at) => time.format(at),
    formatMeter: (meter, value) => (meter === "odometer" ? formatDistance(value, distanceUnit, shown) : formatEngineHours(value, shown)),
  };
}
