import { type Clock, later, SECOND } from "~/kernel/time";
import { hmac } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Mac, sealAfter } from "./seal";
import { sealStore } from "./seal.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: { journalKey: string } };

/** After this time a sealer counts as dead, and the next one continues. */
const LEASE = 30 * SECOND;
const CHUNK = 50;
const CHUNKS = 20;

export const macOf =
  (key: string): Mac =>
  (text) =>
    hmac(key, text).toString("base64url");

/**
 * Assigns a place in the chain to every unsealed journal row, oldest first, and returns how many. Of two concurrent calls
 * one does it and the other returns 0. Each chunk is saved whole or not at all, so a crash loses nothing.
 */
export async function sealJournal({ db, clock, settings }: Needs): Promise<number> {
  const store = sealStore(db);
  const now = clock.now();
  const until = later(now, LEASE);
  if (!(await store.take(now, until))) return 0;
  const mac = macOf(settings.journalKey);
  let sealed = 0;
  try {
    let head = await store.head();
    // The rest of a long backlog is left to the next sweeps, also when the lease runs out.
    for (let chunk = 0; chunk < CHUNKS && clock.now() < until; chunk++) {
      const rows = await store.unsealed(head.at, now, CHUNK);
      const seals = sealAfter(mac, head, rows);
      const [lastSeal, lastRow] = [seals.at(-1), rows.at(-1)];
      if (!lastSeal || !lastRow || !(await store.add(seals))) break;
      sealed += seals.length;
      head = { place: lastSeal.place, hash: lastSeal.hash, at: lastRow.at };
      if (rows.length < CHUNK) break;
    }
  } finally {
    await store.release(until);
  }
  return sealed;
}
