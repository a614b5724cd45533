import type { Portal } from "~/kernel/audience";
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

type Chosen = { chosen: readonly Id<"attachment">[] /** The records that they may be of. */; from: readonly RecordName[]; to: RecordName; for: Portal[] };

/** Copies chosen files to another record, shared with these portals, and returns how many. A repeat copies nothing twice. */
export async function copyChosenFiles(s: Needs, { chosen, from, to, for: audiences }: Chosen): Promise<number> {
  if (chosen.length === 0) return 0;
  const store = attachmentStore(s.db);
  const known = new Set((await store.of(to, null, MOST)).map(({ file }) => file));
  const before = known.size;
  for (const attachmentId of chosen.slice(0, MOST)) {
    const found = await store.find(attachmentId);
    const isOf = from.some(({ kind, id }) => kind === found?.recordKind && id === found.recordId);
    if (!found || !isOf || found.hiddenAt !== null || known.has(found.file)) continue;
    known.add(found.file);
    const { name, mediaType, bytes, sha256, file, thumbnail } = found;
    await store.add({ id: newId("attachment", s.clock.now()), record: to, name, mediaType, bytes, sha256, file, thumbnail, audiences }, s.clock.now());
  }
  return known.size - before;
}
