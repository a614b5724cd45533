import { and, asc, eq, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { memberships } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";
import { pushDevices } from "./push.tables";

export type PushDevice = typeof pushDevices.$inferSelect;
/** As many as a person may have. */
export const MOST_PUSH_DEVICES = 10;
/** D1 limits bound values to 100. */
const AT_ONCE = 90;

/** Browsers that people get push messages on. */
export function pushDevicesIn(db: DirectoryDatabase) {
  const ofMember = (membership: Id<"membership">, serverKey: string) => and(eq(pushDevices.membershipId, membership), eq(pushDevices.serverKey, serverKey));
  const isMember = and(
    eq(memberships.id, pushDevices.membershipId),
    eq(memberships.organizationId, pushDevices.organizationId),
    eq(memberships.audience, pushDevices.audience),
    isNull(memberships.endedAt),
  ) as SQL; // `and` of conditions is one

  return {
    /** Adds a browser in place of what it was added as before; false where the person has as many as they may. */
    async addPushDevice(row: PushDevice): Promise<boolean> {
      const { id, organizationId, membershipId, audience, keyHash, endpoint, p256dh, auth, serverKey, userAgent, createdAt } = row;
      const [, , added] = await db.batch([
        // Of a key that is no more, none gets anything.
        db.delete(pushDevices).where(and(eq(pushDevices.membershipId, membershipId), ne(pushDevices.serverKey, serverKey))),
        db.delete(pushDevices).where(or(eq(pushDevices.endpoint, endpoint), eq(pushDevices.keyHash, keyHash))),
        db.insert(pushDevices).select(
          sql`select ${id}, ${organizationId}, ${membershipId}, ${audience}, ${keyHash}, ${endpoint}, ${p256dh}, ${auth}, ${serverKey}, ${userAgent}, ${createdAt}
              where (select count(*) from ${pushDevices} where ${pushDevices.membershipId} = ${membershipId}) < ${MOST_PUSH_DEVICES}`,
        ),
      ]);
      return added.meta.changes > 0;
    },

    /** A person's browsers, the first added first; none once the membership ended. */
    async pushDevicesOf(membership: Id<"membership">, serverKey: string): Promise<PushDevice[]> {
      const rows = await db
        .select({ device: pushDevices })
        .from(pushDevices)
        .innerJoin(memberships, isMember)
        .where(ofMember(membership, serverKey))
        .orderBy(asc(pushDevices.createdAt), asc(pushDevices.id))
        .limit(MOST_PUSH_DEVICES);
      return rows.map(({ device }) => device);
    },

    /** Those of these people who get push messages anywhere. */
    async peopleWithPush(people: readonly Id<"membership">[], serverKey: string): Promise<ReadonlySet<Id<"membership">>> {
      const found = new Set<Id<"membership">>();
      for (let from = 0; from < people.length; from += AT_ONCE) {
        const rows = await db
          .selectDistinct({ id: pushDevices.membershipId })
          .from(pushDevices)
          .innerJoin(memberships, isMember)
          .where(and(inArray(pushDevices.membershipId, people.slice(from, from + AT_ONCE)), eq(pushDevices.serverKey, serverKey)));
        for (const { id } of rows) found.add(id);
      }
      return found;
    },

    async removePushDevice(membership: Id<"membership">, id: Id<"pushDevice">): Promise<boolean> {
      const { meta } = await db.delete(pushDevices).where(and(eq(pushDevices.id, id), eq(pushDevices.membershipId, membership)));
      return meta.changes > 0;
    },

    /** Its push service has no such browser any more. One that was added again meanwhile has another address, and stays. */
    async forgetPushDevice({ id, endpoint }: Pick<PushDevice, "id" | "endpoint">): Promise<void> {
      await db.delete(pushDevices).where(and(eq(pushDevices.id, id), eq(pushDevices.endpoint, endpoint)));
    },

    /** Somebody signed out of this browser. */
    async removePushDeviceByKey(keyHash: string): Promise<void> {
      await db.delete(pushDevices).where(eq(pushDevices.keyHash, keyHash));
    },

    /** Who signed in to this browser is the only one who may go on getting push messages on it; null for somebody passing by. */
    async keepPushDeviceFor(keyHash: string, membership: Id<"membership"> | null): Promise<void> {
      const others = membership === null ? undefined : ne(pushDevices.membershipId, membership);
      await db.delete(pushDevices).where(and(eq(pushDevices.keyHash, keyHash), others));
    },

    /** A person signed out everywhere else. */
    async removeOtherPushDevices(membership: Id<"membership">, keyHash: string | null): Promise<void> {
      const others = keyHash === null ? undefined : ne(pushDevices.keyHash, keyHash);
      await db.delete(pushDevices).where(and(eq(pushDevices.membershipId, membership), others));
    },
  };
}
