import type { Portal } from "~/kernel/audience";
import { type Id, newId, parseId } from "~/kernel/ids";
import { may } from "~/kernel/permissions";
import { type Clock, toUtcMs, type UtcMs } from "~/kernel/time";
import { hmac } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Attachment, RecordName } from "./attachment";
import { attachmentStore, type Place, uploadStore } from "./attachment.store.server";
import { ticketOf, ticketText } from "./upload/ticket";

const PER_PAGE = 48;
type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof attachmentStore>["find"]>>>;

/**
 * A page of a record's files (newest first), this person's unfinished uploads, and the ticket for adding files; with
 * `until`, only files added by then. Call it only after the record itself was found, because the ticket proves that this
 * person may see it.
 */
export async function readAttachments(
  s: { db: ScopedDatabase<Portal>; clock: Clock; settings: { linkKey: string } },
  record: RecordName,
  before: string | null,
  until: UtcMs | null = null,
) {
  const [rows, unfinished] = await Promise.all([
    attachmentStore(s.db).of(record, placeOf(before), PER_PAGE + 1, until),
    uploadStore(s.db).unfinished(record, s.clock.now()),
  ]);
  const page = rows.slice(0, PER_PAGE);
  const last = page.at(-1);
  return {
    items: page.map((row) => toListItem(row, s.db.scope.audience)),
    older: rows.length > PER_PAGE && last ? `${last.addedAt}.${last.id}` : null,
    newest: before === null,
    unfinished,
    to: ticketOf(record, hmac(s.settings.linkKey, ticketText(s.db.scope, record)).toString("base64url")),
    opensHidden: may(s.db.scope.audience, s.db.scope.role, "attachment:read-hidden"),
    /** For the form without JavaScript, which can't make an id. */
    nextId: newId("attachment", s.clock.now()),
  };
}

export async function readAttachment(db: ScopedDatabase<Portal>, id: Id<"attachment">): Promise<Attachment | null> {
  const row = await attachmentStore(db).find(id);
  return row && toListItem(row, db.scope.audience);
}

function toListItem(
  { id, name, mediaType, bytes, thumbnail, audiences, addedAt, addedBy, hiddenAt, hiddenBy, hiddenReason, version }: Row,
  to: Portal,
): Attachment {
  // Vendors must not learn who the customer is, so hide the names of its people.
  const by = to === "vendor" && addedBy.audience === "customer" ? "the customer" : addedBy.name;
  const hidden = hiddenAt === null ? null : { at: hiddenAt, by: hiddenBy?.name ?? "", reason: hiddenReason ?? "" };
  return {
    id,
    name,
    mediaType,
    bytes,
    hasThumbnail: thumbnail !== null,
    audiences,
    addedAt,
    addedBy: by,
    isStaffs: addedBy.audience === "staff",
    hidden,
    version,
  };
}

function placeOf(text: string | null): Place | null {
  const [at, rest] = (text ?? "").split(".", 2);
  const id = parseId("attachment", rest);
  return id && /^\d{1,15}$/.test(at ?? "") ? { at: toUtcMs(Number(at)), id } : null;
}
