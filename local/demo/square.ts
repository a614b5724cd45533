import type { UtcMs } from "~/kernel/time";
import { squareScopes } from "~/modules/payments/square/square";
import { squareOAuth } from "~/modules/payments/square/square.client.server";
import { squareConnectionStore } from "~/modules/payments/square/square-connection.store.server";
import { sealTokens } from "~/modules/payments/square/square-tokens.server";
import { squareJournal } from "~/modules/payments/square-connection.journal";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";

const merchant = { id: "MLHARBORDIESEL", name: "Harbor Diesel", location: { id: "LHARBORMAIN", name: "Harbor Diesel, Cicero Ave", currency: "USD" } };

/** Connects the demo's shop with the stand-in of Square, as its owner would by hand. */
export async function connectDemo(db: ScopedDatabase<"job">, directory: Directory, { square }: Settings, now: UtcMs): Promise<void> {
  if (!square) return;
  const command = { do: "grant", merchant: merchant.id, scopes: squareScopes };
  const granted = await fetch(`${square.baseUrl}/__control`, { method: "POST", body: JSON.stringify(command) });
  const { code } = (await granted.json()) as { code: string };
  const tokens = await squareOAuth({ ...square, sandbox: true }).obtainTokens(code);
  if (!tokens.ok) throw new Error(`Square's stand-in gave no tokens: ${tokens.error.kind}`);
  const { organizationId } = db.scope;
  const account = { environment: square.environment, merchantId: merchant.id };
  await directory.claimSquareAccount(account, organizationId, now);
  await squareConnectionStore(db).save(
    {
      ...account,
      version: 1,
      state: "connected",
      merchantName: merchant.name,
      location: merchant.location,
      mayBank: false,
      takesBank: false,
      expiresAt: tokens.value.expiresAt,
      connectedAt: now,
      askedUntil: now,
      tokens: sealTokens(square, organizationId, tokens.value),
    },
    squareJournal.of("square.connected", { merchant: merchant.name, ...account }),
    now,
  );
}
