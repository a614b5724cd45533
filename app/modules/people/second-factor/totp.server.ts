import { Secret, TOTP } from "otpauth";
import { SECOND, type UtcMs } from "~/kernel/time";

// RFC 6238 with the parameters all authenticator apps support.
const PERIOD = 30;
const HOW = { algorithm: "SHA1", digits: 6, period: PERIOD } as const;
/** Allows a phone's clock to be off by one step either way. */
const WINDOW = 1;

/** A new secret of 160 bits in base32, which can be typed into an app. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** Content of the QR code: the secret and the account's label. */
export const secretUri = (secret: string, owner: { issuer: string; email: string }): string =>
  new TOTP({ ...HOW, secret: Secret.fromBase32(secret), issuer: owner.issuer, label: owner.email }).toString();

/** The time step of a code, or null if it matches none near now. */
export function stepOf(secret: string, code: string, now: UtcMs): number | null {
  const delta = new TOTP({ ...HOW, secret: Secret.fromBase32(secret) }).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / (PERIOD * SECOND)) + delta;
}
