import { type Clock, later, SECOND } from "~/kernel/time";
import { hmac } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Mac, sealAfter } from "./seal";
import { sealStore } from "./seal.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; settings: { journalKey: string } };

/** A sealer that has not come back by then is taken for dead, and the next one goes on where it stopped. */
const LEASE = 30 * SECOND;
const CHUNK = 50;
const CHUNKS = 20;

export const macOf =
  (key: string): Mac =>
  (text) =>
    hmac(key, text).toString("base64url");

/**
 * Gives every journal row without one its place in the chain, oldest first, and answers how many. Of two at once
 * one does it and the other answers 0. Each chunk is whole or absent, so that a crash between two loses nothing.
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
    // A long backlog is shared with the next sweeps; one that takes longer than its lease leaves the rest to them too.
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
