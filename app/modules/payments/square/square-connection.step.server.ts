import { DAY, later, type UtcMs } from "~/kernel/time";
import { type RenewNeeds, renewSquareAccess } from "./renew-square-access.server";
import type { SquareClient, SquareEnvironment, SquareFault } from "./square";
import { squareClient } from "./square.client.server";
import { isConnected, offersBank } from "./square-connection";
import { squareConnectionStore } from "./square-connection.store.server";
import { openTokens } from "./square-tokens.server";

export type ConnectedSquare = {
  client: SquareClient;
  connection: {
    locationId: string;
    currency: string;
    environment: SquareEnvironment;
    merchant: { id: string; name: string };
    takesBank: boolean;
    askedUntil: UtcMs;
  };
};

/**
 * Square for the scope's organization, or null where it takes no payments: not set up, not connected, no location chosen
 * (`whyNoPayments` has the reason). An answer of 401 is followed by an attempt to renew the tokens, which ends the
 * connection where the seller removed our access.
 */
export async function squareFor(s: RenewNeeds): Promise<ConnectedSquare | null> {
  const { square } = s.settings;
  const found = await squareConnectionStore(s.db).find();
  if (!square || !isConnected(found, square) || !found.location || !found.tokens) return null;
  // The sweep was down for weeks, or Square was: before the tokens are refused, they are renewed.
  const isLate = found.expiresAt < later(s.clock.now(), DAY) && !s.db.scope.readOnly;
  const current = isLate && (await renewSquareAccess(s)) === "renewed" ? await squareConnectionStore(s.db).find() : found;
  const tokens = current?.tokens ? openTokens(square, s.db.scope.organizationId, current.tokens) : null;
  if (!tokens) return null;
  const { id: locationId, currency } = found.location;
  return {
    client: watched(s, squareClient({ baseUrl: square.baseUrl, accessToken: tokens.accessToken })),
    connection: {
      locationId,
      currency,
      environment: found.environment,
      merchant: { id: found.merchantId, name: found.merchantName },
      takesBank: offersBank(found),
      askedUntil: found.askedUntil,
    },
  };
}

type Call = (input?: unknown) => Promise<{ ok: true } | { ok: false; error: SquareFault }>;

/** The same client; it notices when Square no longer accepts its token. */
function watched(s: RenewNeeds, client: SquareClient): SquareClient {
  const calls = Object.entries(client as unknown as Record<string, Call>).map(([name, call]): [string, Call] => [
    name,
    async (input) => {
      const answer = await call(input);
      if (!answer.ok && answer.error.kind === "squareUnauthorized" && !s.db.scope.readOnly) await renewSquareAccess(s);
      return answer;
    },
  ]);
  return Object.fromEntries(calls) as unknown as SquareClient; // each of its calls, by its name
}
