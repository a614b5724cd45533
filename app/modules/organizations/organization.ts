import { brandAccent } from "~/kernel/brand";
import { parseHex, toHex } from "~/kernel/contrast";
import { err, ok, type Result } from "~/kernel/result";
import { readTextBlock } from "~/kernel/text-block";
import type { DistanceUnit } from "~/kernel/units";
import { isCurrency, isZone, NOT_A_CURRENCY } from "./shop-details";

/** A shop's details that it can change. */
export type OrganizationFacts = {
  name: string;
  phone: string | null;
  email: string | null;
  /** Lines as printed on documents, here and in the three below. */
  address: string | null;
  /** Where payments are sent, if not to the address. */
  remitTo: string | null;
  taxId: string | null;
  paymentTerms: string | null;
  brandColor: string;
  zone: string;
  locale: string;
  distanceUnit: DistanceUnit;
  currency: string;
  /** The logo's file name; null shows the shop's initials. */
  logo: string | null;
};
export type FactName = keyof OrganizationFacts;
export const factNames = [
  "name",
  "phone",
  "email",
  "address",
  "remitTo",
  "taxId",
  "paymentTerms",
  "brandColor",
  "zone",
  "locale",
  "distanceUnit",
  "currency",
  "logo",
] as const satisfies readonly FactName[];

export const factLabels: Record<FactName, string> = {
  name: "Name",
  phone: "Phone",
  email: "Email",
  address: "Postal address",
  remitTo: "Remit-to address",
  taxId: "Tax ID",
  paymentTerms: "Payment terms",
  brandColor: "Brand color",
  zone: "Time zone",
  locale: "Number and date format",
  distanceUnit: "Distances",
  currency: "Currency",
  logo: "Logo",
};

/** Number and date formats by region. The language is English in all of them. */
export const locales: Readonly<Record<string, string>> = {
  "en-US": "United States",
  "es-US": "United States, Spanish",
  "en-CA": "Canada",
  "fr-CA": "Canada, French",
  "es-MX": "Mexico",
  "en-GB": "United Kingdom",
  "en-IE": "Ireland",
  "en-AU": "Australia",
  "en-NZ": "New Zealand",
};

export type ColorRefusal = { kind: "not-a-color" } | { kind: "unreadable"; nearest: string };

/**
 * A brand color is used behind white text and as text on white, so it must be dark enough. A color that is too light is
 * refused with the nearest accepted one. On dark screens it is lightened when shown (kernel/brand).
 */
export function decideColor(typed: string): Result<string, ColorRefusal> {
  const rgb = parseHex(typed);
  if (!rgb) return err({ kind: "not-a-color" });
  const color = toHex(rgb);
  const nearest = brandAccent(color).light.accent;
  return nearest === color ? ok(color) : err({ kind: "unreadable", nearest });
}

export const colorRefusalMessage = (refusal: ColorRefusal): string =>
  refusal.kind === "not-a-color"
    ? "Enter a color as #rrggbb, such as #0b6674."
    : `This color is too light to read with white text. Try ${refusal.nearest}, the nearest one that works.`;

/** Why the currency can't change, or null. Issued amounts are never converted. */
export const whyCurrencyStays = (currency: string, documentsIssued: boolean): string | null =>
  documentsIssued ? `The currency is fixed at ${currency}, because you've already sent estimates or invoices in it.` : null;

type Problems = Partial<Record<FactName, string>>;
type Typed = Record<Exclude<FactName, "logo">, string>;

/** Reads the form as facts, or returns errors by field. */
export function decideFacts(typed: Typed, before: OrganizationFacts, documentsIssued: boolean): Result<OrganizationFacts, Problems> {
  const problems: Problems = {};
  const name = typed.name.trim();
  if (name.length < 2 || name.length > 80) problems.name = "Use 2 to 80 characters for the shop's name.";
  if (typed.phone.length > 40) problems.phone = "Use at most 40 characters.";
  const email = typed.email.trim();
  if (email !== "" && !/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email)) problems.email = "Enter a valid email address.";
  const block = (name: "address" | "remitTo" | "paymentTerms"): string | null => {
    const read = readTextBlock(typed[name]);
    if (!read.ok) problems[name] = read.error;
    return read.ok ? read.value : null;
  };
  const [address, remitTo, paymentTerms] = [block("address"), block("remitTo"), block("paymentTerms")];
  const taxId = typed.taxId.trim();
  if (taxId.length > 40) problems.taxId = "Use at most 40 characters.";
  const color = decideColor(typed.brandColor);
  if (!color.ok) problems.brandColor = colorRefusalMessage(color.error);
  if (!isZone(typed.zone)) problems.zone = "Choose the shop's time zone.";
  if (typed.locale !== before.locale && !Object.hasOwn(locales, typed.locale)) problems.locale = "Choose one of these formats.";
  if (typed.distanceUnit !== "mi" && typed.distanceUnit !== "km") problems.distanceUnit = "Choose miles or kilometers.";
  const fixed = whyCurrencyStays(before.currency, documentsIssued);
  if (typed.currency !== before.currency) {
    if (fixed) problems.currency = fixed;
    else if (!isCurrency(typed.currency)) problems.currency = NOT_A_CURRENCY;
  }
  if (Object.keys(problems).length > 0 || !color.ok) return err(problems);
  return ok({
    name,
    phone: typed.phone.trim() || null,
    email: email || null,
    address,
    remitTo,
    taxId: taxId || null,
    paymentTerms,
    brandColor: color.value,
    zone: typed.zone,
    locale: typed.locale,
    distanceUnit: typed.distanceUnit === "km" ? "km" : "mi",
    currency: typed.currency,
    logo: before.logo,
  });
}

/** The fields that differ between two states, in page order. */
export const changed = (from: OrganizationFacts, to: OrganizationFacts): FactName[] => factNames.filter((name) => from[name] !== to[name]);

/** "Phone from 555 0100 to 555 0101; Logo" */
export function describeChanges(from: OrganizationFacts, to: OrganizationFacts): string {
  const display = (value: string | null) => value?.replaceAll("\n", ", ") ?? "none";
  return changed(from, to)
    .map((name) => (name === "logo" ? (to.logo === null ? "Logo removed" : "Logo") : `${factLabels[name]} from ${display(from[name])} to ${display(to[name])}`))
    .join("; ");
}

/**
 * Merges a person's typed changes with the ones someone else saved meanwhile: their own where they changed a field, the
 * other's elsewhere. `base` is the state both started from.
 */
export function merged(base: OrganizationFacts, theirs: OrganizationFacts, mine: Typed): Typed {
  const text = (facts: OrganizationFacts, name: keyof Typed): string => facts[name] ?? "";
  const pick = (name: keyof Typed): string => (mine[name].trim() === text(base, name) ? text(theirs, name) : mine[name]);
  return {
    name: pick("name"),
    phone: pick("phone"),
    email: pick("email"),
    address: pick("address"),
    remitTo: pick("remitTo"),
    taxId: pick("taxId"),
    paymentTerms: pick("paymentTerms"),
    brandColor: pick("brandColor"),
    zone: pick("zone"),
    locale: pick("locale"),
    distanceUnit: pick("distanceUnit"),
    currency: pick("currency"),
  };
}

export const MAX_LOGO_BYTES = 1_048_576;
/** Pixels. A PNG is decoded for each document, and a small file can decode to more than a Worker's memory. */
const MAX_LOGO_DOTS = 4_000_000;

/** Whether a PNG logo has too many pixels to decode. Other formats are embedded as they are. */
export function isTooFine(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x89 || bytes.length < 24) return false;
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return head.getUint32(16) * head.getUint32(20) > MAX_LOGO_DOTS;
}

const endings: Readonly<Record<string, string>> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** A logo's file name is its checksum, so a changed logo has a new URL. Null for other media types. */
export const logoName = (mediaType: string | null, sha256: string): string | null =>
  mediaType !== null && endings[mediaType] ? `${sha256}.${endings[mediaType]}` : null;

/** A logo's media type by its name; null if it isn't a logo name. */
export function logoType(name: string | undefined): string | null {
  const [, ending] = /^[0-9a-f]{64}\.([a-z]{3,4})$/.exec(name ?? "") ?? [];
  return Object.entries(endings).find(([, one]) => one === ending)?.[0] ?? null;
}
