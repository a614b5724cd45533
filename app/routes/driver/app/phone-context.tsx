import { createContext, useContext } from "react";
import { formatDistance, formatEngineHours } from "~/kernel/units";
import type { Language } from "~/modules/inspections/checklists/labels";
import { inspectionLabels } from "~/modules/inspections/checklists/labels";
import type { Start } from "./phone/phone-database.client";
import { type DriverTexts, texts } from "./texts";

type Labels = (typeof inspectionLabels)[Language];
/** What every screen of the driver's app needs. */
export type Phone = {
  start: Start;
  language: Language;
  texts: DriverTexts;
  labels: Labels;
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

export function phoneOf(start: Start, language: Language): Phone {
  const { zone, locale, distanceUnit } = start.shop;
  const shown = language === "es" ? "es-US" : locale;
  const time = new Intl.DateTimeFormat(shown, { timeZone: zone, month: "short", day: "numeric", hour: "numeric", minute: "2-digit" });
  return {
    start,
    language,
    texts: texts[language],
    labels: inspectionLabels[language],
    formatTime: (at) => time.format(at),
    formatMeter: (meter, value) => (meter === "odometer" ? formatDistance(value, distanceUnit, shown) : formatEngineHours(value, shown)),
  };
}
