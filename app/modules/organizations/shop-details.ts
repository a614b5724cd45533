import type { Plan } from "~/kernel/plans";
import type { DistanceUnit } from "~/kernel/units";

/** Details of a new shop. */
export type ShopDetails = {
  slug: string;
  name: string;
  plan: Plan;
  zone: string;
  locale: string;
  currency: string;
  distanceUnit: DistanceUnit;
  brandColor: string;
  phone: string | null;
  email: string | null;
  address?: string | null;
  remitTo?: string | null;
  taxId?: string | null;
  paymentTerms?: string | null;
};

export const petrol = "#0b6674";

/** A slug: lower-case letters, digits and dashes, valid as a host label. */
export const isSlug = (text: string): boolean => /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(text);

export function isZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: text });
    return /^[A-Z]/.test(text);
  } catch {
    return false;
  }
}

/** Currencies with two decimals, because all amounts here are in hundredths. */
export const currencies = (): string[] => Intl.supportedValuesOf("currency").filter(hasHundredths);
export const isCurrency = (text: string): boolean => currencies().includes(text);
export const NOT_A_CURRENCY = "Enter the three-letter code of a currency with cents, such as USD.";

const hasHundredths = (currency: string): boolean =>
  new Intl.NumberFormat("en-US", { style: "currency", currency }).resolvedOptions().maximumFractionDigits === 2;
