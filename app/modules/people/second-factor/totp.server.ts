import { Secret, TOTP } from "otpauth";
import { SECOND, type UtcMs } from "~/kernel/time";

// RFC 6238 as every authenticator app speaks it.
const PERIOD = 30;
const HOW = { algorithm: "SHA1", digits: 6, period: PERIOD } as const;
/** A phone's clock may be off by one step, either way. */
const WINDOW = 1;

/** A fresh secret of 160 bits, in the letters that an app takes when the camera cannot. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code says to the app: the secret, and under which name to keep it. */
export const secretUri = (secret: string, owner: { issuer: string; email: string }): string =>
  new TOTP({ ...HOW, secret: Secret.fromBase32(secret), issuer: owner.issuer, label: owner.email }).toString();

/** The time step that a code belongs to, or null where it belongs to none that is near now. */
export function stepOf(secret: string, code: string, now: UtcMs): number | null {
  const delta = new TOTP({ ...HOW, secret: Secret.fromBase32(secret) }).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? null : Math.floor(now / (PERIOD * SECOND)) + delta;
}
