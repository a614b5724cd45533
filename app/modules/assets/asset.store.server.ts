import { and, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { assets } from "./asset.tables";

/** Vehicles and equipment: staff's to keep. */
export function assetStore(db: ScopedDatabase<"staff">) {
  return {
    /** Whose a living unit is today. */
    async owner(id: Id<"asset">): Promise<Id<"customer"> | null> {
      const [row] = await db.query({ from: assets, columns: { customerId: assets.customerId }, where: and(eq(assets.id, id), isNull(assets.archivedAt)), limit: 1 });
      return row?.customerId ?? null;
    },
  };
}
