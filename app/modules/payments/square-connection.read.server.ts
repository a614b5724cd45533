import type { Audience } from "~/kernel/audience";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { SquareConnection } from "./square-connection";
import { squareConnectionStore } from "./square-connection.store.server";

/** The organization's connection, without its tokens. */
export async function readSquareConnection(db: ScopedDatabase<Audience>): Promise<SquareConnection | null> {
  const found = await squareConnectionStore(db).find();
  if (!found) return null;
  const { tokens: _, ...connection } = found;
  return connection;
}
