import { and, desc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { ingestKeys } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";

export type FoundIngestKey = { id: Id<"key">; label: string; organizationId: Id<"organization">; deviceCode: string | null };

/** The keys by which trackers speak. */
export function keysIn(db: DirectoryDatabase) {
  return {
    async addIngestKey(row: typeof ingestKeys.$inferInsert): Promise<void> {
      await db.insert(ingestKeys).values(row);
    },

    async findIngestKey(keyHash: string): Promise<FoundIngestKey | null> {
      const [row] = await db
        .select({ id: ingestKeys.id, label: ingestKeys.label, organizationId: ingestKeys.organizationId, deviceCode: ingestKeys.deviceCode })
        .from(ingestKeys)
        .where(and(eq(ingestKeys.keyHash, keyHash), isNull(ingestKeys.endedAt)))
        .limit(1);
      return row ?? null;
    },

    async ingestKeysOf(organization: Id<"organization">) {
      return db
        .select({ id: ingestKeys.id, label: ingestKeys.label, deviceCode: ingestKeys.deviceCode, createdAt: ingestKeys.createdAt })
        .from(ingestKeys)
        .where(and(eq(ingestKeys.organizationId, organization), isNull(ingestKeys.endedAt)))
        .orderBy(desc(ingestKeys.createdAt))
        .limit(500);
    },

    async endIngestKey(organization: Id<"organization">, id: Id<"key">, at: UtcMs): Promise<void> {
      await db
        .update(ingestKeys)
        .set({ endedAt: at })
        .where(and(eq(ingestKeys.organizationId, organization), eq(ingestKeys.id, id)));
    },
  };
}
