import { createHash, createHmac, randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";

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
 * cannot be told from a wrong password.
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
const waiting: (() => void)[] = [];

async function derive(password: string, pepper: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  while (running >= 2) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    const peppered = hmac(pepper, password.normalize("NFKC"));
    return await new Promise((resolve, reject) =>
      scrypt(peppered, salt, 32, { ...cost, maxmem: 64 * 1024 * 1024 }, (error, key) => (error ? reject(error) : resolve(key))),
    );
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
