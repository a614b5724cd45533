import { newId } from "~/kernel/ids";

const LENGTH = 10;

/** Fifty random bits, in the letters of our ids, which do not look like each other: `k3f9x-7w2mq`. */
export function newRecoveryCode(): string {
  const random = newId("event").slice(-LENGTH);
  return `${random.slice(0, LENGTH / 2)}-${random.slice(LENGTH / 2)}`;
}

/** A code however it was typed: capitals, spaces, the letters that people take for others. */
export const normalizeRecoveryCode = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/o/g, "0")
    .replace(/[il]/g, "1");
