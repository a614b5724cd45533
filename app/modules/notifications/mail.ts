/** A mail, with the idempotency key of its attempts. */
export type Mail = {
  key: string;
  template: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Attachments with their file names. */
  attachments?: readonly { name: string; content: Uint8Array }[];
};

/** The provider's answer. `retryAfterMs` is from its Retry-After header, if any. */
export type Handed =
  | { kind: "taken"; providerId: string }
  | { kind: "refused"; message: string }
  | { kind: "unavailable"; message: string; retryAfterMs: number | null };

/** The sender: the shop's name with the deployment's address. */
export function withName(name: string, from: string): string {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
  return `"${name.replace(/["\\\r\n]/g, "")}" <${address}>`;
}
