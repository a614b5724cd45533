import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, instant, oneOf, organizationColumn } from "~/platform/database/columns";
import type { SquareEnvironment } from "./square/square";
import type { SquareConnectionState } from "./square/square-connection";

/** A shop's connection with Square: the current one, or the last. Earlier ones are in the journal. */
export const squareConnections = sqliteTable(
  "square_connections",
  {
    organizationId: organizationColumn(),
    version: integer("version").notNull(),
    state: text("state").$type<SquareConnectionState>().notNull(),
    environment: text("environment").$type<SquareEnvironment>().notNull(),
    merchantId: text("merchant_id").notNull(),
    merchantName: text("merchant_name").notNull(),
    /** Access and refresh token, encrypted; null once the connection ended. */
    sealedTokens: text("sealed_tokens"),
    /** Which key encrypted them. */
    tokenKeyId: text("token_key_id"),
    expiresAt: instant("expires_at").notNull(),
    locationId: text("location_id"),
    locationName: text("location_name"),
    currency: text("currency"),
    /** Whether the seller allowed what bank transfers take. */
    mayBank: flag("may_bank").notNull(),
    /** Whether the shop offers bank transfers. */
    takesBank: flag("takes_bank").notNull(),
    connectedAt: instant("connected_at").notNull(),
    /** Up to when Square was asked what changed. */
    askedUntil: instant("asked_until").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId] }),
    index("square_connections_by_expiry").on(t.state, t.expiresAt),
    oneOf(t.state, ["connected", "revoked", "disconnected"]),
    oneOf(t.environment, ["sandbox", "live"]),
  ],
);
