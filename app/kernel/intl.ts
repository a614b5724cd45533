const MOST = 300;
const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();

/** How a locale writes moments, in the options' zone. Made once: making one takes far longer than using it, and a page writes hundreds of values. */
export const dateFormat = (locale: string, options: Intl.DateTimeFormatOptions & { timeZone: string }): Intl.DateTimeFormat =>
  kept(dates, keyOf(locale, options), () => new Intl.DateTimeFormat(locale, options));

/** How a locale writes numbers. Made once, as `dateFormat` is. */
export const numberFormat = (locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat =>
  kept(numbers, keyOf(locale, options), () => new Intl.NumberFormat(locale, options));

const keyOf = (locale: string, options: object): string => locale + JSON.stringify(options);

/** A server of many organizations meets many zones and currencies: beyond a few hundred it begins anew. */
function kept<Format>(formats: Map<string, Format>, key: string, make: () => Format): Format {
  const before = formats.get(key);
  if (before) return before;
  const format = make();
  if (formats.size >= MOST) formats.clear();
  formats.set(key, format);
  return format;
}
