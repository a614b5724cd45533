import { and, eq, isNull } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { customerEffects } from "~/modules/customers/customer.effects";
import { customers } from "~/modules/customers/customer.tables";
import { ROSTER } from "~/modules/customers/roster";
import { countUp } from "~/platform/database/counters.server";
import { isTaken, save, saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { boardAudiences } from "~/platform/live/board";
import { boardChanged } from "~/platform/live/board-effects";
import type { AssetFacts } from "./asset";
import { assetJournal } from "./asset.journal";
import { assetOwners, assets } from "./asset.tables";
import { giveBackSold } from "./assignment.store.server";

const { unitNumber, kind, vin, plate, year, make, model, sharesPosition, outOfServiceAt, outOfServiceWhy, version, customerId, archivedAt } = assets;
const columns = {
  id: assets.id,
  unitNumber,
  kind,
  vin,
  plate,
  year,
  make,
  model,
  sharesPosition,
  outOfServiceAt,
  outOfServiceWhy,
  version,
  customerId,
  archivedAt,
};

/** Vehicles and equipment. Staff change them. */
export function assetStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  const rosterChanged = (id: Id<"asset">, at: UtcMs): Effect => customerEffects.of("roster.changed", `roster:${id}:${at}`, {});
  /** For pages of the shop and of the owner. */
  const shown = (id: Id<"asset">, owner: Id<"customer">, its: number): Effect =>
    boardChanged(`${id}:${its}`, { kind: "asset", id, version: its }, boardAudiences(owner, true));
  const entry = (id: Id<"asset">, its: number, at: UtcMs, event: EventOf<typeof assetJournal>, about: Id<"customer">) => ({
    record: { kind: "asset", id, version: its },
    at,
    event,
    about,
  });
  async function orTaken<Refusal>(saving: Promise<Result<null, Refusal>>) {
    try {
      return await saving;
    } catch (cause) {
      if (isTaken(cause, "assets.vin")) return { ok: false as const, error: { kind: "vin-taken" as const } };
      throw cause;
    }
  }

  return {
    async find(id: Id<"asset">) {
      const [row] = await db.query({ from: assets, columns, where: eq(assets.id, id), limit: 1 });
      return row ?? null;
    },

    /** The current owner of an active unit. */
    async owner(id: Id<"asset">): Promise<Id<"customer"> | null> {
      const [row] = await db.query({ from: assets, columns: { customerId }, where: and(eq(assets.id, id), isNull(archivedAt)), limit: 1 });
      return row?.customerId ?? null;
    },

    async livingCustomer(id: Id<"customer">): Promise<boolean> {
      return (
        (await db.query({ from: customers, columns: { id: customers.id }, where: and(eq(customers.id, id), isNull(customers.archivedAt)), limit: 1 })).length >
        0
      );
    },

    /** Adds a unit with its first ownership period. A form submitted twice fails on its own entry. */
    add: (id: Id<"asset">, owner: Id<"customer">, facts: AssetFacts, at: UtcMs) =>
      orTaken(
        saveNew(
          db,
          entry(id, 1, at, assetJournal.of("asset.added", facts), owner),
          [
            db.insert(assets, { id, customerId: owner, ...facts, version: 1, createdAt: at }),
            db.insert(assetOwners, { assetId: id, customerId: owner, from: at, to: null }),
            countUp(db, ROSTER),
          ],
          [rosterChanged(id, at), shown(id, owner, 1)],
        ),
      ),

    change: (id: Id<"asset">, owner: Id<"customer">, facts: AssetFacts, next: number, at: UtcMs) =>
      orTaken(
        save(
          db,
          entry(id, next, at, assetJournal.of("asset.changed", facts), owner),
          [db.update(assets, { ...facts, version: next }, eq(assets.id, id)), countUp(db, ROSTER)],
          [rosterChanged(id, at), shown(id, owner, next)],
        ),
      ),

    async ownership(id: Id<"asset">) {
      const [row] = await db.query({
        from: assetOwners,
        columns: { customerId: assetOwners.customerId, from: assetOwners.from, to: assetOwners.to },
        where: and(eq(assetOwners.assetId, id), isNull(assetOwners.to)),
        limit: 1,
      });
      return row ?? null;
    },

    /** Transfers a unit to another owner from an instant on; its history stays with the owner of that time. */
    handOver: (id: Id<"asset">, from: { customerId: Id<"customer">; since: UtcMs }, to: Id<"customer">, since: UtcMs, next: number, at: UtcMs) =>
      save(
        db,
        entry(id, next, at, assetJournal.of("asset.handed-over", { from: from.customerId, to, since }), to),
        [
          db.update(assetOwners, { to: since }, and(eq(assetOwners.assetId, id), eq(assetOwners.from, from.since)) ?? eq(assetOwners.assetId, id)),
          db.insert(assetOwners, { assetId: id, customerId: to, from: since, to: null }),
          giveBackSold(db, id),
          db.update(assets, { customerId: to, version: next }, eq(assets.id, id)),
          countUp(db, ROSTER),
        ],
        [
          rosterChanged(id, at),
          boardChanged(`${id}:${next}`, { kind: "asset", id, version: next }, [...boardAudiences(from.customerId, true), ...boardAudiences(to, true).slice(1)]),
        ],
      ),

    /** Out of service with a reason, or (null) back in service. */
    setOutOfService: (id: Id<"asset">, owner: Id<"customer">, why: string | null, next: number, at: UtcMs) =>
      save(
        db,
        entry(id, next, at, why === null ? assetJournal.of("asset.put-back-in-service") : assetJournal.of("asset.taken-out-of-service", { why }), owner),
        [db.update(assets, { outOfServiceAt: why === null ? null : at, outOfServiceWhy: why, version: next }, eq(assets.id, id))],
        [shown(id, owner, next)],
      ),

    archive: (id: Id<"asset">, owner: Id<"customer">, next: number, at: UtcMs) =>
      save(
        db,
        entry(id, next, at, assetJournal.of("asset.archived"), owner),
        [db.update(assets, { archivedAt: at, version: next }, eq(assets.id, id)), countUp(db, ROSTER)],
        [rosterChanged(id, at), shown(id, owner, next)],
      ),
  };
}
