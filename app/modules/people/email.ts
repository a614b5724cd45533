declare const email: unique symbol;
/** A normalized address: trimmed, lower case. */
export type Email = string & { readonly [email]: true };

/** Accepts one @ with a dot after it and no spaces; null otherwise. */
export function parseEmail(text: string): Email | null {
  const address = text.trim().toLowerCase();
  return address.length <= 254 && /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\]]+\.[^\s@.<>"(),:;\\[\]]+$/.test(address) ? (address as Email) : null;
}
