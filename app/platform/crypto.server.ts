import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");
export const hmac = (key: string, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** A digest of what comes piece by piece: the runtime's own, so that a large file costs little time and no memory. */
export const newSha256 = () => createHash("sha256");

/** A bearer secret with 256 bits of randomness. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** Digits that a person can type, each number as likely as any other. */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, "0");

export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(sha256(a)), Buffer.from(sha256(b))];
  return timingSafeEqual(left, right);
}

const COST = { N: 2 ** 14, r: 8, p: 5 };

/** scrypt over the peppered password, with its parameters beside it so that they can be raised later. */
export async function hashPassword(password: string, pepper: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, pepper, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

/**
 * Takes the same time whether or not there is a hash, so that an unknown address
 * cannot be distinguished from a wrong password.
 */
export async function verifyPassword(password: string, pepper: string, stored: string | null): Promise<boolean> {
  const [scheme, n, r, p, salt, key] = (stored ?? "").split("$");
  if (scheme !== "scrypt" || !salt || !key) {
    await derive(password, pepper, Buffer.alloc(16), COST);
    return false;
  }
  const derived = await derive(password, pepper, Buffer.from(salt, "base64url"), { N: Number(n), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key, "base64url"));
}

// 16 MiB each: two at once leave an isolate's 128 MiB in peace.
let running = 0;
const pending: (() => void)[] = [];

async function derive(password: string, pepper: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  while (running >= 2) await new Promise<void>((resolve) => pending.push(resolve));
  running += 1;
  try {
    const peppered = hmac(pepper, password.normalize("NFKC"));
    return await new Promise((resolve, reject) =>
      scrypt(peppered, salt, 32, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    running -= 1;
    pending.shift()?.();
  }
}

/** A key of its own for one purpose, derived from a secret that serves several. */
const deriveKey = (secret: string, purpose: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "baytrack", purpose, 32));

/**
 * Encrypts what must be read again, so that a copy of the database does not give it away. `owner` is sealed in:
 * moved to another owner's row it does not open.
 */
export function seal(secret: string, purpose: string, owner: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(secret, purpose), nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
}

/** Throws where the text was changed, moved or sealed under another secret. */
export function unseal(secret: string, purpose: string, owner: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(secret, purpose), bytes.subarray(0, 12)).setAAD(Buffer.from(owner));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** A keyed hash under a derived key, for secrets that are too short to be hashed plainly. */
export const keyedHash = (secret: string, purpose: string, text: string): string =>
  createHmac("sha256", deriveKey(secret, purpose)).update(text).digest("base64url");
