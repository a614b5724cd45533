import type { Audience } from "~/kernel/audience";
import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Settings } from "~/platform/env.server";
import { squareEffects } from "../square-connection.effects";
import { squareJournal } from "../square-connection.journal";
import { squareOAuth } from "./square.client.server";
import { isConnected } from "./square-connection";
import { type StoredConnection, squareConnectionStore } from "./square-connection.store.server";
import { openTokens, sealTokens } from "./square-tokens.server";

export type RenewNeeds = { db: ScopedDatabase<Audience>; settings: Pick<Settings, "square">; clock: Clock };
export type Renewal = "renewed" | "revoked" | "not-connected" | "unknown";

/**
 * Gets new tokens for the organization's connection. If Square no longer accepts the old ones, access was removed there:
 * the connection ends and the office is notified. Called before they expire, and whenever Square answers 401 or reports
 * `oauth.authorization.revoked`, which is only believed once Square itself confirms it here.
 */
export async function renewSquareAccess(s: RenewNeeds): Promise<Renewal> {
  const { square } = s.settings;
  const store = squareConnectionStore(s.db);
  const connection = await store.find();
  if (!square || !isConnected(connection, square) || !connection.tokens) return "not-connected";
  const tokens = openTokens(square, s.db.scope.organizationId, connection.tokens);
  if (!tokens) return "unknown";
  const renewed = await squareOAuth({ ...square, sandbox: square.environment === "sandbox" }).refreshTokens(tokens.refreshToken);
  if (renewed.ok) {
    await store.renew(connection, sealTokens(square, s.db.scope.organizationId, renewed.value), renewed.value.expiresAt);
    return "renewed";
  }
  return renewed.error.kind === "squareUnauthorized" ? endRevoked(s, connection) : "unknown";
}

async function endRevoked({ db, clock }: RenewNeeds, connection: StoredConnection): Promise<Renewal> {
  const { merchantId, merchantName, environment } = connection;
  const version = connection.version + 1;
  await squareConnectionStore(db).save(
    { ...connection, version, state: "revoked", tokens: null },
    squareJournal.of("square.revoked", { merchant: merchantName, merchantId, environment }),
    clock.now(),
    [squareEffects.of("mail.square-revoked", `square-revoked:${db.scope.organizationId}:${version}`, { version })],
  );
  // Stale: another request noticed at the same time, and saved it.
  return "revoked";
}
