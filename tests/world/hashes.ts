import { randomBytes, scryptSync } from "node:crypto";
import { hmac } from "~/platform/crypto.server";

/** A hash like the product's at next to no cost: each is verified by the parameters in it. */
export function cheapHash(secret: string, pepper: string): string {
  const [N, r, p] = [2, 1, 1];
  const salt = randomBytes(16);
  const key = scryptSync(hmac(pepper, secret.normalize("NFKC")), salt, 32, { N, r, p });
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}
