import type { Id } from "~/kernel/ids";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { type Reservation, reservationStore } from "./reservation.store.server";

type Writer = ScopedDatabase<"staff"> | ScopedDatabase<"job">;

/** Holds money of a source back, so that it pays no invoice meanwhile. Saved with the account's next version. */
export const reserveRow = (db: Writer, { id, customerId, sourceId, amount }: Reservation): Statement =>
  reservationStore(db).newRow({ id, customerId, sourceId, amount });

/** What was held back is free again, or has left the account. */
export const releaseRow = (db: Writer, id: Id<"refund">): Statement => reservationStore(db).endedRow(id);
