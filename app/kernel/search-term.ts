/** What was typed into the search box, in the forms that records are found by; null where it can't be one. */
export type SearchTerm = {
  text: string;
  /** In small letters. */
  lower: string;
  /** In capitals, without spaces and dashes: part numbers and plates are written with and without them. */
  compact: string;
  /** The number of an order, invoice or estimate: of each for "1012", of one for "WO-1012". */
  order: number | null;
  invoice: number | null;
  estimate: number | null;
  /** The last characters of a VIN, at least six of them, or all of it. */
  vin: string | null;
  /** The digits of a phone number, at least its last seven. */
  phone: string | null;
};

const MOST = 60;
const VIN_LEAST = 6;
const PHONE_LEAST = 7;

export function parseSearch(typed: string): SearchTerm | null {
  const text = typed.trim().replace(/\s+/g, " ").slice(0, MOST);
  if (text === "") return null;
  const compact = compactOf(text);
  const [, prefix = "", digits] = /^(wo|inv|e|est)?[- #]?(\d{1,9})$/i.exec(text) ?? [];
  const numberOf = (...prefixes: string[]) => (digits && (prefix === "" || prefixes.includes(prefix.toLowerCase())) ? Number(digits) : null);
  const phone = /^[\d\s()+./-]+$/.test(text) ? phoneDigits(text) : null;
  return {
    text,
    lower: text.toLowerCase(),
    compact,
    order: numberOf("wo"),
    invoice: numberOf("inv"),
    estimate: numberOf("e", "est"),
    vin: compact.length >= VIN_LEAST && /^[A-Z0-9]+$/.test(compact) ? compact : null,
    phone: phone && phone.length >= PHONE_LEAST ? phone : null,
  };
}

/** As the indexes of part numbers, plates and VINs have it. */
export const compactOf = (text: string): string => text.toUpperCase().replace(/[\s-]/g, "");

/** The digits of a phone number however it is written, without an extension and without the leading 1 of North America. */
export function phoneDigits(written: string | null): string | null {
  const digits = (written ?? "").replace(/\s*(?:x|ext\.?|#).*$/i, "").replace(/\D/g, "");
  const national = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  return national === "" ? null : national;
}
