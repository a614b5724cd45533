import type { Id } from "~/kernel/ids";
import { hmac } from "~/platform/crypto.server";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** The id of the account's entry for a payment or refund at Square: always the same one, so that it can't be entered twice. */
export function entryIdOf(key: string, organizationId: Id<"organization">, squareId: string): Id<"entry"> {
  const bytes = hmac(key, `square-entry ${organizationId} ${squareId}`);
  return `ent_${[...bytes.subarray(0, 26)].map((byte) => ALPHABET[byte % 32]).join("")}` as Id<"entry">; // 26 characters of the ids' alphabet
}
