import { and, eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { squareAccounts } from "./directory.tables";
import type { DirectoryDatabase } from "./directory-database.server";

export type SquareAccount = { environment: "sandbox" | "live"; merchantId: string };

/** Which organization a seller's account at Square belongs to. */
export function squareAccountsIn(db: DirectoryDatabase) {
  const is = ({ environment, merchantId }: SquareAccount) => and(eq(squareAccounts.environment, environment), eq(squareAccounts.merchantId, merchantId));
  async function organizationOfSquareAccount(account: SquareAccount): Promise<Id<"organization"> | null> {
    const [row] = await db.select({ id: squareAccounts.organizationId }).from(squareAccounts).where(is(account)).limit(1);
    return row?.id ?? null;
  }
  return {
    organizationOfSquareAccount,

    /** False where the account belongs to another organization. */
    async claimSquareAccount({ environment, merchantId }: SquareAccount, organizationId: Id<"organization">, at: UtcMs): Promise<boolean> {
      await db.insert(squareAccounts).values({ environment, merchantId, organizationId, createdAt: at }).onConflictDoNothing();
      return (await organizationOfSquareAccount({ environment, merchantId })) === organizationId;
    },

    async releaseSquareAccount(account: SquareAccount, organizationId: Id<"organization">): Promise<void> {
      await db.delete(squareAccounts).where(and(is(account), eq(squareAccounts.organizationId, organizationId)));
    },
  };
}
