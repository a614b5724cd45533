import type { MailTemplate, NotifiedAudience } from "./notification-table";

/** Who gets mail of which event: a contact of a customer, else a membership. */
export type MailReader = { audience: Exclude<NotifiedAudience, "driver">; event: string; person: string };

/** A mail, with the idempotency key of its attempts. */
export type Mail = {
  key: string;
  template: MailTemplate;
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Attachments with their file names. */
  attachments?: readonly { name: string; content: Uint8Array }[];
  /** Whose setting of which event switches it off; null for a mail that is always sent. */
  reader?: MailReader | null;
  /** The shop's own origin. */
  origin?: string;
  headers?: Readonly<Record<string, string>>;
  /** Where a reply goes, if not to the record. */
  replyTo?: string;
  /** The shop's own address: where a reply goes that fits no record. */
  shopEmail?: string | null;
};

/** Mail that people asked for to sign in: it goes to every address, whatever failed before. */
export const isSignInMail = ({ template }: { template: string }): boolean => template === "sign-in" || template === "set-password";

/** The outbox effect's key: the key of a mail to one of several people ends with the address. */
export const effectKeyOf = ({ key, to }: Pick<Mail, "key" | "to">): string => (key.endsWith(`:${to}`) ? key.slice(0, -to.length - 1) : key);

/**
 * The provider's answer. `retryAfterMs` is from its Retry-After header, if any; `unclear` if it may have taken the mail;
 * `limit` is how many requests a second it announced, if it did.
 */
export type Handed = { limit: number | null } & (
  | { kind: "taken"; providerId: string }
  | { kind: "refused"; message: string }
  | { kind: "unavailable"; message: string; retryAfterMs: number | null; unclear: boolean }
);

/** The sender: the shop's name with the deployment's address. */
export function withName(name: string, from: string): string {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
  return `"${name.replace(/["\\\r\n]/g, "")}" <${address}>`;
}
