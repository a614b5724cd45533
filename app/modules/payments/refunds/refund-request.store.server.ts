import { and, asc, eq, inArray, type SQL } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { refundRequests } from "../payment.tables";
import { type RefundRequest, reservedStates } from "./refund-request";

/** Requests that one read takes: far above what waits at any shop, or was ever asked for one payment. */
const MOST = 200;

/** Refunds that were asked of Square. */
export function refundStore(db: ScopedDatabase<"job"> | ScopedDatabase<"staff">) {
  const r = refundRequests;
  const { id, customerId, sourceId, paymentId, squareId, state, amount, currency, why, problem, createdAt } = r;
  const columns = { id, customerId, sourceId, paymentId, squareId, state, amount, currency, why, problem, createdAt };
  const read = (where: SQL): Promise<RefundRequest[]> => db.query({ from: r, columns, where, orderBy: [asc(createdAt)], limit: MOST });
  const change = (set: Partial<RefundRequest>, where: SQL): Statement => db.update(r, set, and(where, inArray(state, reservedStates)) as SQL); // `and` of conditions is one

  return {
    find: async (wanted: Id<"refund">): Promise<RefundRequest | null> => (await read(eq(id, wanted)))[0] ?? null,
    findBySquare: async (wanted: string): Promise<RefundRequest | null> => (await read(eq(squareId, wanted)))[0] ?? null,
    ofSource: (source: Id<"entry">) => read(eq(sourceId, source)),
    reserved: () => read(inArray(state, reservedStates)),
    newRow: (request: RefundRequest): Statement => db.insert(r, request),
    /** Square took it: it is this refund. */
    takenRow: (wanted: Id<"refund">, square: string): Statement => change({ squareId: square, state: "pending" }, eq(id, wanted)),
    completedRow: (wanted: Id<"refund">): Statement => change({ state: "completed" }, eq(id, wanted)),
    endedRow: (wanted: Id<"refund">, to: "failed" | "unknown", why: string): Statement => change({ state: to, problem: why }, eq(id, wanted)),
  };
}
