import type { Audience } from "~/kernel/audience";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { connectedAccount, type KeyedConnection, keyedOf, offersBank, whyNoPayments } from "./square-connection";
import { squareConnectionStore } from "./square-connection.store.server";

/** The organization's connection, without its tokens. */
export async function readSquareConnection(db: ScopedDatabase<Audience>): Promise<KeyedConnection | null> {
  const found = await squareConnectionStore(db).find();
  return found && keyedOf(found);
}

/** The account at Square that answers at the moment; null if none does. */
export const readConnectedAccount = async ({ db, settings }: Parameters<typeof readWhyNoPayments>[0]): Promise<string | null> =>
  connectedAccount(await readSquareConnection(db), settings.square);

/** Why the shop can't take or refund payments online at the moment, or null where it can. */
export const readWhyNoPayments = async ({ db, settings }: { db: ScopedDatabase<Audience>; settings: Pick<Settings, "square"> }): Promise<string | null> =>
  whyNoPayments(await readSquareConnection(db), settings.square);

/** Whether customers can pay online, and also by bank transfer; read once for a page. */
export async function readWaysToPay({ db, settings }: Parameters<typeof readWhyNoPayments>[0]): Promise<{ isConnected: boolean; takesBank: boolean }> {
  const connection = await readSquareConnection(db);
  const isConnected = whyNoPayments(connection, settings.square) === null;
  return { isConnected, takesBank: isConnected && connection !== null && offersBank(connection) };
}

/** Whether customers can pay online, for a page that only shows it: no token is opened, and Square isn't asked. */
export const readTakesPayments = async (s: Parameters<typeof readWhyNoPayments>[0]): Promise<boolean> => (await readWhyNoPayments(s)) === null;
