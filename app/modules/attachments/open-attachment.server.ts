import type { Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { err, ok, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { isOwnThumbnail, opensInline, type RecordName } from "./attachment";
import { attachmentStore } from "./attachment.store.server";

type Stored = { file: string; name: string; mediaType: string; bytes: number | null; tag: string; inline: boolean };

/**
 * The storage name of a file this person may open. `owns` tells whether they may see its record: staff see all of their
 * shop's; a portal's route asks the record's module, which narrows to its customer, vendor or driver.
 */
export async function openAttachment(
  { db }: { db: ScopedDatabase<Portal> },
  id: Id<"attachment">,
  canRead: (record: RecordName, addedAt: UtcMs) => boolean | Promise<boolean>,
  part: "file" | "thumbnail" = "file",
): Promise<Result<Stored, { kind: "not-found" } | { kind: "hidden" }>> {
  const found = await attachmentStore(db).find(id);
  if (!found || !(await canRead({ kind: found.recordKind, id: found.recordId }, found.addedAt))) return err({ kind: "not-found" });
  if (found.hiddenAt !== null && !may(db.scope.audience, db.scope.role, "attachment:read-hidden")) return err({ kind: "hidden" });
  const { name, mediaType, bytes, sha256, file, thumbnail } = found;
  // A small picture serves as its own thumbnail.
  if (part === "file" || (thumbnail === null && isOwnThumbnail(found)))
    return ok({ file, name, mediaType, bytes, tag: sha256, inline: opensInline(mediaType) });
  if (thumbnail === null) return err({ kind: "not-found" });
  return ok({ file: thumbnail, name: `${name}.jpg`, mediaType: "image/jpeg", bytes: null, tag: `${sha256}-thumbnail`, inline: true });
}
