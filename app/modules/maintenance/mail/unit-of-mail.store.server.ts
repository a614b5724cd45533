import { eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import type { ScopedDatabase } from "~/platform/database/scoped.server";

/** A unit as a mail names it. */
export async function unitOfMail(db: ScopedDatabase<"job">, id: Id<"asset">) {
  const [row] = await db.query({
    from: assets,
    columns: { unitNumber: assets.unitNumber, customerId: assets.customerId, customer: customers.name, archivedAt: assets.archivedAt },
    join: [[customers, eq(customers.id, assets.customerId)]],
    where: eq(assets.id, id),
    limit: 1,
  });
  return row ?? null;
}
