import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { paymentJournal } from "../payment.journal";
import { connectedAccount, keyedOf } from "../square/square-connection";
import { squareConnectionStore } from "../square/square-connection.store.server";
import { intentStore } from "./intent.store.server";
import { whoKnows } from "./on-its-way";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock; settings: Pick<Settings, "square"> };

/**
 * Ends the wait for money by hand, where Square can't be asked about it or has had no news for long: its invoices can be paid
 * otherwise or voided. Money that Square reports later counts all the same.
 */
export async function endWait(
  s: Needs,
  id: Id<"paymentIntent">,
  why: string,
): Promise<Result<{ amount: Cents }, { kind: "not-on-its-way" } | { kind: "square-knows" } | { kind: "stale" }>> {
  const store = intentStore(s.db);
  const [intent, connection] = [await store.find(id), await squareConnectionStore(s.db).find()];
  if (intent?.state !== "pending") return err({ kind: "not-on-its-way" });
  const account = connectedAccount(connection && keyedOf(connection), s.settings.square);
  const now = s.clock.now();
  if (whoKnows(intent, account, dayOf(now, s.db.scope.organization.zone)) === "square") return err({ kind: "square-knows" });
  const { amount } = intent;
  const ended = await store.move(intent, "closed", paymentJournal.of("payment.wait-ended", { intent: id, amount, why }), now);
  return ended.ok ? ok({ amount }) : ended;
}
