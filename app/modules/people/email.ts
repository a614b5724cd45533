declare const email: unique symbol;
/** An address as it is compared and stored: trimmed, lower case. */
export type Email = string & { readonly [email]: true };

/** Good enough to mail to: one @, a dot behind it, no spaces. Null otherwise. */
export function parseEmail(text: string): Email | null {
  const address = text.trim().toLowerCase();
  return address.length <= 254 && /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@.<>"(),:;\\[\]]+$/.test(address) ? (address as Email) : null;
}
