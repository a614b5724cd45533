/** One mail, under the key that makes a second attempt the same mail. */
export type Mail = {
  key: string;
  template: string;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Files that go with it, by the names that their reader sees. */
  attachments?: readonly { name: string; content: Uint8Array }[];
};

/** What a provider said to it. `retryAfterMs` is the provider's own word where it gave one. */
export type Handed =
  | { kind: "taken"; providerId: string }
  | { kind: "refused"; message: string }
  | { kind: "unavailable"; message: string; retryAfterMs: number | null };

/** The sender as people read it: the shop's name over the deployment's address. */
export function withName(name: string, from: string): string {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
  return `"${name.replace(/["\\\r\n]/g, "")}" <${address}>`;
}
