import { and, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { assets } from "~/modules/assets/asset.tables";
import { saveNew } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { type NewOrder, newOrder } from "../new-order.store.server";
import { workOrderEffects } from "../work-order.effects";

/** Service requests from a customer's contacts, for that customer's active units. */
export function serviceRequestStore(db: ScopedDatabase<"customer">) {
  const customerId = db.scope.partyId as Id<"customer">; // a customer's session names its customer
  return {
    customerId,

    async unit(id: Id<"asset">) {
      const [row] = await db.query({
        from: assets,
        columns: { kind: assets.kind },
        where: and(eq(assets.id, id), eq(assets.customerId, customerId), isNull(assets.archivedAt)),
        limit: 1,
      });
      return row ?? null;
    },

    /** Saves the order, the rows of the reported meter reading and the mail to the shop in one batch. */
    create(order: NewOrder, reading: readonly Statement[], at: UtcMs) {
      const { entry, rows, effects } = newOrder(db, order, at);
      const { id } = order;
      return saveNew(
        db,
        entry,
        [...rows, ...reading],
        [...effects, workOrderEffects.of("mail.service-request", `mail.service-request:${id}`, { workOrderId: id })],
      );
    },
  };
}
