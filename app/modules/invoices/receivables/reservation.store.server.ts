import { eq } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { reservations } from "../invoice.tables";

export type Reservation = { id: Id<"refund">; customerId: Id<"customer">; sourceId: Id<"entry">; amount: Cents };

/** What of customers' accounts is promised elsewhere. */
export const reservationStore = (db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) => ({
  newRow: (row: Reservation): Statement => db.insert(reservations, row),
  endedRow: (id: Id<"refund">): Statement => db.update(reservations, { amount: toCents(0) }, eq(reservations.id, id)),
});
