import { newId } from "~/kernel/ids";

const LENGTH = 10;

/** Fifty random bits in the alphabet of our ids, which has no look-alike characters: `k3f9x-7w2mq`. */
export function newRecoveryCode(): string {
  const random = newId("event").slice(-LENGTH);
  return `${random.slice(0, LENGTH / 2)}-${random.slice(LENGTH / 2)}`;
}

/** Accepts capitals, spaces and look-alike characters. */
export const normalizeRecoveryCode = (typed: string): string =>
  typed
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .replace(/o/g, "0")
    .replace(/[il]/g, "1");
