import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, later } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import { closeOpen, takeOffSquare } from "../checkouts/close-checkouts.server";
import { LONGEST_GAP } from "../reconcile.server";
import { squareJournal } from "../square-connection.journal";
import type { SquareFault, SquareTokens } from "./square";
import { squareClient, squareOAuth } from "./square.client.server";
import { canTakeBank, isConnected, onlyLocation, whyNotLocation } from "./square-connection";
import { squareConnectionStore } from "./square-connection.store.server";
import { readSquareState, type SquareState, squareState } from "./square-state.server";
import { openTokens, sealTokens } from "./square-tokens.server";

type Needs = { db: ScopedDatabase<"staff">; directory: Directory; settings: Pick<Settings, "square" | "linkKey">; clock: Clock };
type NotSetUp = { kind: "square-not-set-up" };
type NotConnected = { kind: "square-not-connected" };
type Fault = { kind: "square-fault"; fault: SquareFault };

const oauthOf = (square: NonNullable<Settings["square"]>) => squareOAuth({ ...square, sandbox: square.environment === "sandbox" });

/** The address at Square where the owner allows the connection. */
export async function startSquareConnection(
  s: Needs,
  { sessionId, origin }: { sessionId: Id<"session">; origin: string },
): Promise<Result<{ url: string }, NotSetUp | { kind: "square-connected-already" }>> {
  const { square } = s.settings;
  if (!square) return err({ kind: "square-not-set-up" });
  const connection = await squareConnectionStore(s.db).find();
  if (isConnected(connection, square)) return err({ kind: "square-connected-already" });
  // Who offered bank transfers before goes on to.
  return ok({ url: authorizeUrl(s, square, { sessionId, origin, withBank: connection?.takesBank ?? false }) });
}

function authorizeUrl(s: Needs, square: NonNullable<Settings["square"]>, { withBank, ...begun }: Omit<SquareState, "organizationId">): string {
  const state = squareState(s.settings.linkKey, { organizationId: s.db.scope.organizationId, ...begun, withBank }, s.clock.now());
  return oauthOf(square).authorizeUrl(state, { withBank });
}

/** Offers bank transfers, or no longer; `url`: where the owner allows at Square what they take, which turns them on. */
export async function switchBankTransfers(
  s: Needs,
  { on, ...begun }: { on: boolean; sessionId: Id<"session">; origin: string },
): Promise<Result<{ on: boolean; url: string | null }, NotConnected | { kind: "square-no-bank-transfers" } | { kind: "stale" }>> {
  const { square } = s.settings;
  const store = squareConnectionStore(s.db);
  const connection = await store.find();
  if (!square || !isConnected(connection, square)) return err({ kind: "square-not-connected" });
  if (on && !canTakeBank(connection)) return err({ kind: "square-no-bank-transfers" });
  if (on && !connection.mayBank) return ok({ on: false, url: authorizeUrl(s, square, { ...begun, withBank: true }) });
  if (connection.takesBank === on) return ok({ on, url: null });
  const next = { ...connection, version: connection.version + 1, takesBank: on };
  const saved = await store.save(next, squareJournal.of("square.bank-transfers-switched", { on }), s.clock.now());
  if (!saved.ok) return saved;
  // Pages that were opened before take none any more, either.
  if (!on) await closeOpen(s, ({ way }) => way === "bank");
  return ok({ on, url: null });
}

/** What Square sent back with the person, and who they are. */
export type SquareReturn = { state: string | null; code: string | null; sessionId: Id<"session">; currency: string };
export type FinishRefusal =
  | NotSetUp
  | Fault
  | { kind: "square-state-invalid" }
  | { kind: "square-denied" }
  | { kind: "square-merchant-taken" }
  | { kind: "stale" };

/** Keeps the connection that the owner allowed. The location is chosen where there is only one to choose. */
export async function finishSquareConnection(s: Needs, { state, code, sessionId, currency }: SquareReturn): Promise<Result<null, FinishRefusal>> {
  const { square, linkKey } = s.settings;
  if (!square) return err({ kind: "square-not-set-up" });
  const { organizationId } = s.db.scope;
  const begun = readSquareState(linkKey, state, s.clock.now());
  if (begun?.organizationId !== organizationId || begun.sessionId !== sessionId) return err({ kind: "square-state-invalid" });
  if (code === null) return err({ kind: "square-denied" });
  const tokens = await oauthOf(square).obtainTokens(code);
  return tokens.ok ? keep(s, square, tokens.value, { currency, withBank: begun.withBank }) : err({ kind: "square-fault", fault: tokens.error });
}

async function keep(
  s: Needs,
  square: NonNullable<Settings["square"]>,
  tokens: SquareTokens,
  { currency, withBank }: { currency: string; withBank: boolean },
): Promise<Result<null, FinishRefusal>> {
  const { organizationId } = s.db.scope;
  const client = squareClient({ baseUrl: square.baseUrl, accessToken: tokens.accessToken });
  const [merchant, locations] = await Promise.all([client.merchant(), client.locations()]);
  if (!merchant.ok) return err({ kind: "square-fault", fault: merchant.error });
  if (!locations.ok) return err({ kind: "square-fault", fault: locations.error });
  const { environment } = square;
  const account = { environment, merchantId: merchant.value.id };
  // Ending these tokens would end the other organization's too: they are forgotten instead.
  if (!(await s.directory.claimSquareAccount(account, organizationId, s.clock.now()))) return err({ kind: "square-merchant-taken" });
  const store = squareConnectionStore(s.db);
  const before = await store.find();
  const other = before && (before.merchantId !== account.merchantId || before.environment !== environment);
  // More access to the same account leaves its location as it is, or customers could not pay until it is chosen again.
  const kept = before?.state === "connected" && !other ? locations.value.find(({ id }) => id === before.location?.id) : undefined;
  const now = s.clock.now();
  const connection = {
    ...account,
    version: (before?.version ?? 0) + 1,
    state: "connected" as const,
    merchantName: merchant.value.businessName,
    location: kept && whyNotLocation(kept, currency) === null ? kept : onlyLocation(locations.value, currency),
    expiresAt: tokens.expiresAt,
    mayBank: withBank,
    takesBank: withBank,
    connectedAt: now,
    // Another account may have been connected before, too.
    askedUntil: other ? later(now, -LONGEST_GAP) : (before?.askedUntil ?? now),
    tokens: sealTokens(square, organizationId, tokens),
  };
  const saved = await store.save(connection, squareJournal.of("square.connected", { merchant: connection.merchantName, ...account }), now);
  if (!saved.ok) return saved;
  if (other) {
    await closeOpen(s, ({ merchantId }) => merchantId !== account.merchantId);
    await s.directory.releaseSquareAccount(before, organizationId);
  }
  return ok(null);
}

type Session = { client: ReturnType<typeof squareClient> };

async function connected(s: Needs) {
  const { square } = s.settings;
  if (!square) return null;
  const connection = await squareConnectionStore(s.db).find();
  if (!isConnected(connection, square) || !connection.tokens) return null;
  const tokens = openTokens(square, s.db.scope.organizationId, connection.tokens);
  const session: Session | null = tokens && { client: squareClient({ baseUrl: square.baseUrl, accessToken: tokens.accessToken }) };
  return { square, connection, session };
}

/** The seller's locations for the owner to choose from, or why they can't be read. */
export async function listSquareLocations(s: Needs) {
  const found = await connected(s);
  if (!found?.session) return ok([]);
  return found.session.client.locations();
}

/** Payments are taken for one location, in the organization's currency. */
export async function chooseSquareLocation(
  s: Needs,
  { locationId, currency }: { locationId: string; currency: string },
): Promise<Result<{ name: string }, NotConnected | Fault | { kind: "invalid"; fields: { locationId: string } } | { kind: "stale" }>> {
  const found = await connected(s);
  if (!found?.session) return err({ kind: "square-not-connected" });
  const locations = await found.session.client.locations();
  if (!locations.ok) return err({ kind: "square-fault", fault: locations.error });
  const location = locations.value.find(({ id }) => id === locationId);
  const why = location ? whyNotLocation(location, currency) : "Choose one of the locations.";
  if (!location || why !== null) return err({ kind: "invalid", fields: { locationId: why ?? "Choose one of the locations." } });
  const { id, name } = location;
  if (found.connection.location?.id === id) return ok({ name });
  const next = { ...found.connection, version: found.connection.version + 1, location: { id, name, currency: location.currency } };
  const saved = await squareConnectionStore(s.db).save(next, squareJournal.of("square.location-chosen", { id, name }), s.clock.now());
  return saved.ok ? ok({ name }) : saved;
}

/** Ends the connection on both sides. Nobody can pay on a page that was opened before; what was paid before stays as it is. */
export async function disconnectSquare(s: Needs): Promise<Result<{ merchant: string }, NotConnected | Fault | { kind: "stale" }>> {
  const store = squareConnectionStore(s.db);
  const [{ square }, connection] = [s.settings, await store.find()];
  if (connection?.state !== "connected") return err({ kind: "square-not-connected" });
  const session = (await connected(s))?.session;
  if (session) await takeOffSquare(s, session.client);
  // Of another environment, or without the application, there is nobody to ask.
  if (square && square.environment === connection.environment) {
    const revoked = await oauthOf(square).revoke(connection.merchantId);
    const gone = revoked.ok || revoked.error.kind === "squareUnauthorized" || (revoked.error.kind === "squareRefused" && revoked.error.status === 404);
    if (!gone) return err({ kind: "square-fault", fault: revoked.error });
  }
  const { merchantId, merchantName, environment } = connection;
  const next = { ...connection, version: connection.version + 1, state: "disconnected" as const, tokens: null };
  const saved = await store.save(next, squareJournal.of("square.disconnected", { merchant: merchantName, merchantId, environment }), s.clock.now());
  if (!saved.ok) return saved;
  await closeOpen(s, () => true);
  await s.directory.releaseSquareAccount(connection, s.db.scope.organizationId);
  return ok({ merchant: merchantName });
}
