import { randomDigits } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { driverStore } from "./driver.store.server";

/** Four digits, or more if the shop has used most of those. */
const LENGTHS = [...Array<number>(20).fill(4), ...Array<number>(10).fill(6)];

/** A code that no active driver of the shop has. */
export async function proposeCode(db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">): Promise<string> {
  const candidates = LENGTHS.map((length) => randomDigits(length));
  const taken = await driverStore(db).takenOf(candidates);
  return candidates.find((code) => !taken.has(code)) ?? randomDigits(8);
}
