import { brandAccent } from "~/kernel/brand";
import { parseHex, toHex } from "~/kernel/contrast";
import { err, ok, type Result } from "~/kernel/result";
import type { DistanceUnit } from "~/kernel/units";
import { isCurrency, isZone, NOT_A_CURRENCY } from "./shop-details";

/** What a shop says of itself and may change. */
export type OrganizationFacts = {
  name: string;
  phone: string | null;
  email: string | null;
  brandColor: string;
  zone: string;
  locale: string;
  distanceUnit: DistanceUnit;
  currency: string;
  /** The logo's name among the shop's files; null for the shop's initials. */
  logo: string | null;
};
export type FactName = keyof OrganizationFacts;
export const factNames = ["name", "phone", "email", "brandColor", "zone", "locale", "distanceUnit", "currency", "logo"] as const satisfies readonly FactName[];

export const factLabels: Record<FactName, string> = {
  name: "Name",
  phone: "Phone",
  email: "Email",
  brandColor: "Brand color",
  zone: "Time zone",
  locale: "Way of writing numbers and dates",
  distanceUnit: "Distances",
  currency: "Currency",
  logo: "Logo",
};

/** How numbers and dates are written, by the places that shops stand in. The words are English in all of them. */
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
 * A brand color stands behind white words and is words on white paper, so it must be dark enough as it is. What is too
 * light comes back with the nearest that will do. On dark screens it is lightened wherever it is shown (kernel/brand).
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
    ? "Type a color as #rrggbb, such as #0b6674."
    : `White words on this color, and words in it on white, would be too hard to read. ${refusal.nearest} is the nearest that will do.`;

/** Why the currency stays as it is, or null while it may change. Amounts on paper are never converted. */
export const whyCurrencyStays = (currency: string, documentsIssued: boolean): string | null =>
  documentsIssued ? `The currency is fixed at ${currency}: estimates or invoices have been sent in it, and amounts on paper are never converted.` : null;

type Problems = Partial<Record<FactName, string>>;
type Typed = Record<Exclude<FactName, "logo">, string>;

/** A form's answers as facts, or what is wrong with which. */
export function decideFacts(typed: Typed, before: OrganizationFacts, documentsIssued: boolean): Result<OrganizationFacts, Problems> {
  const problems: Problems = {};
  const name = typed.name.trim();
  if (name.length < 2 || name.length > 80) problems.name = "A shop's name has 2 to 80 letters.";
  if (typed.phone.length > 40) problems.phone = "Keep it under 40 signs.";
  const email = typed.email.trim();
  if (email !== "" && !/^[^\s@]{1,64}@[^\s@]+\.[^\s@]+$/.test(email)) problems.email = "That is not an email address.";
  const color = decideColor(typed.brandColor);
  if (!color.ok) problems.brandColor = colorRefusalMessage(color.error);
  if (!isZone(typed.zone)) problems.zone = "Choose the time zone that the shop stands in.";
  if (typed.locale !== before.locale && !Object.hasOwn(locales, typed.locale)) problems.locale = "Choose one of these places.";
  if (typed.distanceUnit !== "mi" && typed.distanceUnit !== "km") problems.distanceUnit = "Miles or kilometers.";
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
    brandColor: color.value,
    zone: typed.zone,
    locale: typed.locale,
    distanceUnit: typed.distanceUnit === "km" ? "km" : "mi",
    currency: typed.currency,
    logo: before.logo,
  });
}

/** What differs between two states of a shop's facts, in their order on the page. */
export const changed = (from: OrganizationFacts, to: OrganizationFacts): FactName[] => factNames.filter((name) => from[name] !== to[name]);

/** "Phone from 555 0100 to 555 0101; Logo" */
export function describeChanges(from: OrganizationFacts, to: OrganizationFacts): string {
  const display = (value: string | null) => value ?? "none";
  return changed(from, to)
    .map((name) => (name === "logo" ? (to.logo === null ? "Logo removed" : "Logo") : `${factLabels[name]} from ${display(from[name])} to ${display(to[name])}`))
    .join("; ");
}

/**
 * What somebody typed while another saved: their own changes, and the other's wherever they had changed nothing.
 * `base` is what both had before them.
 */
export function merged(base: OrganizationFacts, theirs: OrganizationFacts, mine: Typed): Typed {
  const text = (facts: OrganizationFacts, name: keyof Typed): string => facts[name] ?? "";
  const pick = (name: keyof Typed): string => (mine[name].trim() === text(base, name) ? text(theirs, name) : mine[name]);
  return {
    name: pick("name"),
    phone: pick("phone"),
    email: pick("email"),
    brandColor: pick("brandColor"),
    zone: pick("zone"),
    locale: pick("locale"),
    distanceUnit: pick("distanceUnit"),
    currency: pick("currency"),
  };
}

export const MAX_LOGO_BYTES = 1_048_576;
/** A PNG is unpacked dot by dot for each paper that it stands on; a small file may unpack to more than a Worker holds. */
const MAX_LOGO_DOTS = 4_000_000;

/** Whether a logo has more dots than can be unpacked. Other pictures go onto papers as they are. */
export function isTooFine(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x89 || bytes.length < 24) return false;
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return head.getUint32(16) * head.getUint32(20) > MAX_LOGO_DOTS;
}

const endings: Readonly<Record<string, string>> = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

/** A logo's name among the shop's files: its checksum, so that a changed logo has an address of its own. Null for what is no logo. */
export const logoName = (mediaType: string | null, sha256: string): string | null =>
  mediaType !== null && endings[mediaType] ? `${sha256}.${endings[mediaType]}` : null;

/** The type of a logo by its name; null for a name that no logo has. */
export function logoType(name: string | undefined): string | null {
  const [, ending] = /^[0-9a-f]{64}\.([a-z]{3,4})$/.exec(name ?? "") ?? [];
  return Object.entries(endings).find(([, one]) => one === ending)?.[0] ?? null;
}
