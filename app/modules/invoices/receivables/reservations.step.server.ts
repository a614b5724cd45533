import { eq, type SQL, sql } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { reservations } from "../invoice.tables";

type Writer = ScopedDatabase<"staff"> | ScopedDatabase<"job">;
type Reservation = { id: Id<"refund">; customerId: Id<"customer">; sourceId: Id<"entry">; amount: Cents };

/** Holds money of a source back, so that it pays no invoice meanwhile. Saved with the account's next version. */
export const reserveRow = (db: Writer, { id, customerId, sourceId, amount }: Reservation): Statement =>
  db.insert(reservations, { id, customerId, sourceId, amount });

/** What was held back is free again, or has left the account. */
export const releaseRow = (db: Writer, id: Id<"refund">): Statement =>
  db.update(reservations, { amount: toCents(0) }, eq(reservations.id, id));

/** The same for those that a query of ids finds. */
export const releaseRows = (db: Writer, ids: SQL): Statement =>
  db.update(reservations, { amount: toCents(0) }, sql`${reservations.id} in ${ids}`);
