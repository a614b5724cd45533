import { and, desc, eq, gt, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { inspectionJournal } from "../inspection.journal";
import { roadsidePages } from "../inspection.tables";

type Db = ScopedDatabase<"staff"> | ScopedDatabase<"customer">;
const r = roadsidePages;

/** A unit's pages for roadside inspections. A customer has its own units' only. */
export function roadsideStore(db: Db) {
  const { scope } = db;
  const own = scope.audience === "customer" ? eq(r.customerId, scope.partyId as Id<"customer">) : undefined; // a customer's session names its customer
  const ownUnit = scope.audience === "customer" ? eq(assets.customerId, scope.partyId as Id<"customer">) : undefined; // as above
  return {
    async unit(id: Id<"asset">) {
      const [row] = await db.query({
        from: assets,
        columns: { id: assets.id, unitNumber: assets.unitNumber, customerId: assets.customerId, customer: customers.name },
        join: [[customers, eq(customers.id, assets.customerId)]],
        where: and(eq(assets.id, id), isNull(assets.archivedAt), ownUnit),
        limit: 1,
      });
      return row ?? null;
    },

    /** Pages that still open, newest first. */
    open: (assetId: Id<"asset">, customerId: Id<"customer">, now: UtcMs) =>
      db.query({
        from: r,
        columns: { id: r.id, createdAt: r.createdAt, createdBy: r.createdBy, expiresAt: r.expiresAt },
        where: and(eq(r.assetId, assetId), eq(r.customerId, customerId), isNull(r.endedAt), gt(r.expiresAt, now), own),
        orderBy: [desc(r.createdAt)],
        limit: 20,
      }),

    async find(id: Id<"roadside">) {
      const columns = { assetId: r.assetId, unitNumber: assets.unitNumber, endedAt: r.endedAt, version: r.version };
      const [row] = await db.query({ from: r, columns, join: [[assets, eq(assets.id, r.assetId)]], where: and(eq(r.id, id), own), limit: 1 });
      return row ?? null;
    },

    add(id: Id<"roadside">, unit: { id: Id<"asset">; unitNumber: string; customerId: Id<"customer"> }, expiresAt: UtcMs, at: UtcMs) {
      const facts = { assetId: unit.id, customerId: unit.customerId, createdAt: at, createdBy: scope.actor, expiresAt, endedAt: null, version: 1 };
      const event = inspectionJournal.of("roadside.opened", { unit: unit.unitNumber, until: expiresAt });
      return saveNew(db, { record: { kind: "roadside", id, version: 1 }, at, event, about: unit.id }, [db.insert(r, { id, ...facts })]);
    },

    end(id: Id<"roadside">, { assetId, unitNumber, version }: { assetId: Id<"asset">; unitNumber: string; version: number }, at: UtcMs) {
      const next = version + 1;
      const event = inspectionJournal.of("roadside.ended", { unit: unitNumber });
      return save(db, { record: { kind: "roadside", id, version: next }, at, event, about: assetId }, [
        db.update(r, { endedAt: at, version: next }, eq(r.id, id)),
      ]);
    },
  };
}
