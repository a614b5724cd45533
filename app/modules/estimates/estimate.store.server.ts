import { and, asc, desc, eq, inArray, isNull, type SQL } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { ANY_TIME, assets, unitFactColumns } from "~/modules/assets/asset.tables";
import { attachments } from "~/modules/attachments/attachment.tables";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { numbered } from "~/modules/organizations/numbering/numbering";
import { nextNumber } from "~/platform/database/counters.server";
import { type Entry, effectRow, entryRow, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import type { Change } from "./command";
import { applied, isSeenByCustomer } from "./decide";
import { type Estimate, latestSent, newest } from "./estimate";
import { estimateJournal } from "./estimate.journal";
import { estimateRevisions, estimates } from "./estimate.tables";
import { answeredTotal, type Content, type Photos, type SnapshotPhoto } from "./estimate-snapshot";
import type { Revision } from "./revision";

/** Only the newest are loaded; decisions only need the last two. */
const MOST_REVISIONS = 100;
const MOST_PHOTOS = 500;
/** Ids per statement; D1 limits bound values to 100. */
const AT_ONCE = 80;

const r = estimateRevisions;
const revisionColumns = {
  revision: r.revision,
  state: r.state,
  content: r.content,
  snapshot: r.snapshot,
  hash: r.hash,
  sentAt: r.sentAt,
  sentBy: r.sentBy,
  rulesVersion: r.rulesVersion,
  viewed: r.viewed,
  asked: r.asked,
  decision: r.decision,
  withdrawn: r.withdrawn,
  version: r.version,
};

export type EstimateDatabase = ScopedDatabase<"staff"> | ScopedDatabase<"customer"> | ScopedDatabase<"job">;
export type NewEstimate = {
  id: Id<"estimate">;
  assetId: Id<"asset">;
  customerId: Id<"customer">;
  workOrderId: Id<"workOrder">;
  content: Content;
};

type More = { changes?: readonly Statement[]; effects?: readonly Effect[] /** The order that its work is on now. */; workOrderId?: Id<"workOrder"> };

/** Estimates with their revisions. A customer's scope reads only that customer's estimates. */
export function estimateStore(db: EstimateDatabase) {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(estimates.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer

  const keep = (estimateId: Id<"estimate">, { revision, offer, ...it }: Revision) => {
    const { snapshot = null, hash = null, sentAt = null, sentBy = null, rulesVersion = null } = offer ?? {};
    const row = { ...it, snapshot, hash, sentAt, sentBy, rulesVersion };
    return db.upsert(estimateRevisions, { estimateId, revision, ...row }, [estimateRevisions.estimateId, estimateRevisions.revision], row);
  };
  const notice = ({ id, customerId }: Pick<Estimate, "id" | "customerId">, version: number, isSeen: boolean): Effect =>
    boardChanged(`${id}:${version}`, { kind: "estimate", id, version }, boardAudiences(customerId, isSeen));

  /** A decided change: the estimate after it, its journal entry, its rows and what follows. */
  function parts(estimate: Estimate, change: Change, at: UtcMs, more: More = {}): { next: Estimate; entry: Entry; writes: Statement[]; effects: Effect[] } {
    const workOrderId = more.workOrderId ?? estimate.workOrderId;
    const next = { ...applied(estimate, change), workOrderId };
    const [last, latest, before] = [newest(next), latestSent(next), latestSent(estimate)];
    const state = latest?.state ?? "draft";
    const moved = state !== (before?.state ?? "draft") || latest?.revision !== before?.revision;
    const entry: Entry = {
      record: { kind: "estimate", id: estimate.id, version: next.version },
      at,
      event: change.event,
      // A change of state also shows in the activity of its work order.
      about: moved ? workOrderId : undefined,
    };
    const row = {
      state,
      isDrafting: last.state === "draft",
      latestSentRevision: latest?.revision ?? null,
      validThrough: latest?.content.validThrough ?? null,
      title: last.content.title,
      total: latest?.offer ? answeredTotal(latest.offer.snapshot, latest.decision) : null,
      // Only where its work goes to another order: its lines may be moving there at this moment.
      ...(more.workOrderId ? { workOrderId } : {}),
      version: next.version,
      ...(moved ? { stateSince: at } : {}),
    };
    return {
      next,
      entry,
      // Other changes come first, because the estimate may go to an order that they add.
      writes: [...(more.changes ?? []), db.update(estimates, row, eq(estimates.id, estimate.id)), ...change.revisions.map((one) => keep(estimate.id, one))],
      effects: [notice(estimate, next.version, isSeenByCustomer(change)), ...(more.effects ?? [])],
    };
  }

  return {
    /** With its newest revisions, oldest first. */
    async find(id: Id<"estimate">): Promise<Estimate | null> {
      const { number, assetId, customerId, workOrderId, version } = estimates;
      const [[row], revisions] = await db.queries(
        {
          from: estimates,
          columns: { number, assetId, customerId, workOrderId, version },
          where: and(eq(estimates.id, id), own),
          limit: 1,
        },
        {
          from: r,
          columns: revisionColumns,
          join: [[estimates, eq(estimates.id, r.estimateId)]],
          where: and(eq(r.estimateId, id), own),
          orderBy: [desc(r.revision)],
          limit: MOST_REVISIONS,
        },
      );
      return row ? { id, ...row, revisions: revisions.map(revisionIn).reverse() } : null;
    },

    /** Any revision, however old; null if there is none or this reader may not see it. */
    async findRevision(id: Id<"estimate">, wanted: number): Promise<Revision | null> {
      const [row] = await db.query({
        from: estimateRevisions,
        columns: revisionColumns,
        join: [[estimates, eq(estimates.id, estimateRevisions.estimateId)]],
        where: and(eq(estimateRevisions.estimateId, id), eq(estimateRevisions.revision, wanted), own),
        limit: 1,
      });
      return row ? revisionIn(row) : null;
    },

    /** Assigns the number in the same batch. A form submitted twice fails on the first one's journal entry. */
    async create({ content, ...row }: NewEstimate, changes: readonly Statement[], at: UtcMs) {
      const number = nextNumber(db, "estimate", numbered.estimate.first);
      const draft: Revision = { revision: 1, state: "draft", content, version: 1, offer: null, viewed: null, asked: null, decision: null, withdrawn: null };
      return saveNew(
        db,
        {
          record: { kind: "estimate", id: row.id, version: 1 },
          at,
          event: estimateJournal.of("estimate.written", { title: content.title }),
          about: row.workOrderId,
        },
        [
          number.take,
          db.insert(estimates, {
            ...row,
            number: number.value,
            state: "draft",
            isDrafting: true,
            title: content.title,
            stateSince: at,
            version: 1,
            createdAt: at,
          }),
          keep(row.id, draft),
          ...changes,
        ],
        [notice(row, 1, false)],
      );
    },

    /** Saves a decided change, unless the estimate was changed since it was read. */
    async save(estimate: Estimate, change: Change, at: UtcMs, more: More = {}): Promise<Result<Estimate, { kind: "stale" }>> {
      const { next, entry, writes, effects } = parts(estimate, change, at, more);
      const saved = await save(db, entry, writes, effects);
      return saved.ok ? { ok: true, value: next } : saved;
    },

    /** A decided change as statements for another batch, which fails as a whole if the estimate was changed meanwhile. */
    rowsOf(estimate: Estimate, change: Change, at: UtcMs): Statement[] {
      const { entry, writes, effects } = parts(estimate, change, at);
      return [entryRow(db, entry), ...writes, ...effects.map((effect) => effectRow(db, effect, at))];
    },

    /** The order that the estimate's lines are on now, as part of the batch that moves them. */
    orderRow: (id: Id<"estimate">, workOrderId: Id<"workOrder">): Statement => db.update(estimates, { workOrderId }, eq(estimates.id, id)),

    /** The unit and customer details that go on an estimate. */
    async about(assetId: Id<"asset">, customerId: Id<"customer">) {
      const [[unit], [customer]] = await db.queries(
        {
          from: assets,
          columns: { unitNumber: assets.unitNumber, ...unitFactColumns(ANY_TIME) },
          where: eq(assets.id, assetId),
          limit: 1,
        },
        {
          from: customers,
          columns: {
            name: customers.name,
            address: customers.address,
            taxId: customers.taxId,
            taxCertificate: customers.taxCertificate,
            taxCertificateThrough: customers.taxCertificateThrough,
          },
          where: eq(customers.id, customerId),
          limit: 1,
        },
      );
      if (!unit || !customer) throw new Error("estimate without its unit or customer");
      const { unitNumber, ...unitFacts } = unit;
      const { name, taxCertificate, taxCertificateThrough, ...billTo } = customer;
      return {
        facts: { unitNumber, unitFacts, customer: name, billTo },
        customer: name,
        certificate: { customer: name, taxCertificate, taxCertificateThrough },
      };
    },

    /** Contacts who can read estimates in the portal; none while it is off. */
    readers: (customerId: Id<"customer">) =>
      db.query({
        from: contacts,
        columns: { id: contacts.id, email: contacts.email, muted: contacts.muted },
        join: [[customers, eq(customers.id, contacts.customerId)]],
        where: and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt), eq(contacts.mayDocuments, true), eq(customers.portalEnabled, true)) as SQL, // `and` of conditions is one
        limit: 200,
      }),

    /** Photos of these lines that are visible to the customer and not hidden. */
    async photos(lineIds: readonly Id<"line">[]): Promise<Photos> {
      const found: Record<string, SnapshotPhoto[]> = {};
      for (const ids of chunked(lineIds)) {
        const rows = await db.query({
          from: attachments,
          columns: { id: attachments.id, lineId: attachments.recordId, name: attachments.name, sha256: attachments.sha256, audiences: attachments.audiences },
          where: and(
            eq(attachments.recordKind, "line"),
            inArray(attachments.recordId, ids),
            isNull(attachments.hiddenAt),
            inArray(attachments.mediaType, ["image/jpeg", "image/png", "image/webp"]),
          ),
          orderBy: [asc(attachments.addedAt), asc(attachments.id)],
          limit: MOST_PHOTOS,
        });
        for (const { id, lineId, name, sha256, audiences } of rows) {
          if (!audiences.includes("customer")) continue;
          found[lineId] = [...(found[lineId] ?? []), { id, name, sha256 }];
        }
      }
      return found;
    },

    /** Contacts who can decide in the portal; none while it is off. */
    /** Sent estimates of a customer that wait for an answer. */
    async waiting(customerId: Id<"customer">): Promise<{ id: Id<"estimate">; revision: number }[]> {
      const rows = await db.query({
        from: estimates,
        columns: { id: estimates.id, revision: estimates.latestSentRevision },
        where: and(eq(estimates.customerId, customerId), eq(estimates.state, "sent")) as SQL, // `and` of conditions is one
        orderBy: [desc(estimates.number)],
        limit: 50,
      });
      return rows.flatMap(({ id, revision }) => (revision === null ? [] : [{ id, revision }]));
    },

    deciders: (customerId: Id<"customer">) =>
      db.query({
        from: contacts,
        columns: { id: contacts.id, name: contacts.name, email: contacts.email },
        join: [[customers, eq(customers.id, contacts.customerId)]],
        where: and(eq(contacts.customerId, customerId), isNull(contacts.archivedAt), eq(contacts.mayDecide, true), eq(customers.portalEnabled, true)) as SQL, // `and` of conditions is one
        orderBy: [asc(contacts.createdAt)],
        limit: 50,
      }),
  };
}

type Row = Omit<Revision, "offer"> & { [F in keyof NonNullable<Revision["offer"]>]: NonNullable<Revision["offer"]>[F] | null };

function revisionIn({ snapshot, hash, sentAt, sentBy, rulesVersion, ...row }: Row): Revision {
  const isSent = snapshot !== null && hash !== null && sentAt !== null && sentBy !== null && rulesVersion !== null;
  return { ...row, offer: isSent ? { snapshot, hash, sentAt, sentBy, rulesVersion } : null };
}

const chunked = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, at) => all.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
