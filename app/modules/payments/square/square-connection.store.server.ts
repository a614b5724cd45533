import { and, eq, type SQL } from "drizzle-orm";
import type { Audience } from "~/kernel/audience";
import type { Effect } from "~/kernel/effects";
import type { JournalEvent } from "~/kernel/events";
import type { UtcMs } from "~/kernel/time";
import { save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { squareConnections } from "../square-connection.tables";
import type { SquareConnection } from "./square-connection";

export type SealedTokens = { sealed: string; keyId: string };
export type StoredConnection = SquareConnection & { tokens: SealedTokens | null };

/** The connection of the scope's organization. Everybody who pays is served by it, so every audience may read it. */
export function squareConnectionStore(db: ScopedDatabase<Audience>) {
  const { organizationId } = db.scope;
  return {
    async find(): Promise<StoredConnection | null> {
      const [row] = await db.query({ from: squareConnections, columns: columnsOf(squareConnections), limit: 1 });
      if (!row) return null;
      const { locationId, locationName, currency, sealedTokens, tokenKeyId, ...rest } = row;
      return {
        ...rest,
        location: locationId && currency ? { id: locationId, name: locationName ?? locationId, currency } : null,
        tokens: sealedTokens && tokenKeyId ? { sealed: sealedTokens, keyId: tokenKeyId } : null,
      };
    },

    /** The next version, with what changed on the journal; `stale` where somebody else was first. */
    save({ location, tokens, ...connection }: StoredConnection, event: JournalEvent, at: UtcMs, effects: readonly Effect[] = []) {
      const row = {
        ...connection,
        sealedTokens: tokens?.sealed ?? null,
        tokenKeyId: tokens?.keyId ?? null,
        locationId: location?.id ?? null,
        locationName: location?.name ?? null,
        currency: location?.currency ?? null,
      };
      const record = { kind: "square-connection", id: organizationId, version: connection.version };
      return save(db, { record, at, event }, [db.upsert(squareConnections, row, [], row)], effects);
    },

    /** Square was asked what changed up to then. */
    async asked(merchantId: string, until: UtcMs): Promise<void> {
      await db.batch([db.update(squareConnections, { askedUntil: until }, eq(squareConnections.merchantId, merchantId))]);
    },

    /** New tokens of the same connection: no one's doing, so it is no version of its own. */
    async renew({ merchantId, version }: Pick<SquareConnection, "merchantId" | "version">, tokens: SealedTokens, expiresAt: UtcMs): Promise<void> {
      const same = and(eq(squareConnections.merchantId, merchantId), eq(squareConnections.version, version), eq(squareConnections.state, "connected")) as SQL; // `and` of conditions is one
      await db.batch([db.update(squareConnections, { sealedTokens: tokens.sealed, tokenKeyId: tokens.keyId, expiresAt }, same)]);
    },
  };
}

const columnsOf = ({
  version,
  state,
  environment,
  merchantId,
  merchantName,
  sealedTokens,
  tokenKeyId,
  expiresAt,
  mayBank,
  takesBank,
  locationId,
  locationName,
  currency,
  connectedAt,
  askedUntil,
}: typeof squareConnections) => ({
  version,
  state,
  environment,
  merchantId,
  merchantName,
  sealedTokens,
  tokenKeyId,
  expiresAt,
  mayBank,
  takesBank,
  locationId,
  locationName,
  currency,
  connectedAt,
  askedUntil,
});
