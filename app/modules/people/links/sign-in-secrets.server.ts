import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { hmac, sha256 } from "~/platform/crypto.server";

/**
 * A link's token and code are derived from its id and the deployment's key. So the outbox needs only the id, each mail
 * attempt renders the same bytes, and a copy of the database is not enough to sign in.
 */
export const linkToken = (key: string, audience: Portal, id: Id<"link">): string => hmac(key, `sign-in-link ${audience} ${id}`).toString("base64url");
export const passwordToken = (key: string, audience: Portal, id: Id<"link">): string => hmac(key, `set-password-link ${audience} ${id}`).toString("base64url");

export function linkCode(key: string, audience: Portal, id: Id<"link">): string {
  const number = hmac(key, `sign-in-code ${audience} ${id}`).readUIntBE(0, 6) % 1_000_000;
  return String(number).padStart(6, "0");
}

export const tokenHash = (token: string): string => sha256(token);
/** Six digits are few, so the hash includes the request id: a table of all code hashes is useless. */
export const codeHash = (key: string, id: Id<"link">, code: string): string => hmac(key, `code-hash ${id} ${code}`).toString("base64url");
