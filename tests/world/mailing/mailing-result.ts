/** What became of a mailing, by the provider's own count and clock. */
export type MailingResult = {
  mails: number;
  /** Requests a second that the provider announces. */
  limit: number;
  /** The most requests in any second. */
  most: number;
  lost: number;
  doubled: number;
  deaths: number;
  faults: number;
  /** From asking for a link to the provider's having it, sorted. */
  signInMs: readonly number[];
  naive: { most: number; doubled: number };
};

const at = (sorted: readonly number[], share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);

export const formatMailing = ({ deaths, faults, signInMs, limit, most, naive }: MailingResult): string =>
  `${deaths} deaths of processes, ${faults} faults of the provider. At most ${most} requests in a second of ${limit} (control: ${naive.most}). ` +
  `Links to sign in: p50 ${at(signInMs, 0.5)} ms, p99 ${at(signInMs, 0.99)} ms.`;
