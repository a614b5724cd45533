/** Where a process can die while it sends a mail, in order. */
export const mailSteps = [
  "before lease",
  "after lease",
  "before turn",
  "after turn",
  "after the provider's answer",
  "after giving back",
  "before note",
  "after note",
  "before done",
  "after done",
] as const;
export type MailStep = (typeof mailSteps)[number];

/** What became of a mailing, by the provider's own count and clock. */
export type MailingResult = {
  mails: number;
  /** Requests a second that the provider announces. */
  limit: number;
  /** The most requests in any second. */
  most: number;
  lost: number;
  doubled: number;
  /** Idempotency keys under which the provider took them. */
  keys: number;
  /** The steps at which a process died. */
  deaths: readonly MailStep[];
  faults: number;
  /** From asking for a link to the provider's having it, sorted. */
  signInMs: readonly number[];
  naive: { most: number; doubled: number };
};

/** The value that a share of them is not above. */
export const at = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0);

export const formatMailing = ({ deaths, keys, faults, signInMs, limit, most, naive }: MailingResult): string =>
  `A process died at each of ${deaths.length} steps, ${faults} faults of the provider. Taken under ${keys} keys. At most ${most} requests in a second of ${limit} (control: ${naive.most}). ` +
  `Links to sign in: p50 ${at(signInMs, 0.5)} ms, p99 ${at(signInMs, 0.99)} ms.`;
