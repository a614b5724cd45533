import { type Id, newId } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { RecordName } from "./attachment";
import { attachmentStore } from "./attachment.store.server";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
const MOST = 200;

/**
 * Copies the shop's own files of one record to another, as separate attachments so that each can be hidden by itself.
 * A repeat copies nothing twice.
 */
export async function copyFiles(s: Needs, from: RecordName, to: RecordName): Promise<void> {
  const store = attachmentStore(s.db);
  const [given, there] = await Promise.all([store.of(from, null, MOST), store.of(to, null, MOST)]);
  const known = new Set(there.map(({ file }) => file));
  for (const { name, mediaType, bytes, sha256, file, thumbnail, audiences, addedBy, hiddenAt } of given) {
    if (addedBy.audience !== "staff" || hiddenAt !== null || known.has(file)) continue;
    const id: Id<"attachment"> = newId("attachment", s.clock.now());
    await store.add({ id, record: to, name, mediaType, bytes, sha256, file, thumbnail, audiences }, s.clock.now());
  }
}
