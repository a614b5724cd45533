import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { ScopedFiles } from "~/platform/files/scoped-files.server";
import type { Mark } from "./seal";
import { sealStore } from "./seal.store.server";

type Needs = { db: ScopedDatabase<"job">; clock: Clock; files: ScopedFiles };

const FOLDER = "journal-anchors/";

/**
 * Saves the newest place and its hash to file storage once per UTC day, out of reach of changes to the database. The
 * first of a day is kept. Returns whether this call saved it.
 */
export async function anchorJournal({ db, clock, files }: Needs): Promise<boolean> {
  const now = clock.now();
  const name = `${FOLDER}${new Date(now).toISOString().slice(0, 10)}.json`;
  if (await files.has(name)) return false;
  const { place, hash } = await sealStore(db).head();
  if (place === 0) return false;
  return files.create(name, `${JSON.stringify({ place, hash, at: new Date(now).toISOString() })}\n`, { place: String(place), hash });
}

/** All saved anchors. An unreadable one counts as a place that no chain reaches, so verification fails. */
export async function readAnchors({ files }: { files: ScopedFiles }): Promise<Mark[]> {
  return (await files.list(FOLDER))
    .map(({ facts }) => ({ place: Number(facts.place ?? Number.NaN), hash: facts.hash ?? "" }))
    .map((mark) => (Number.isInteger(mark.place) ? mark : { place: Number.MAX_SAFE_INTEGER, hash: "" }));
}
