import type { UtcMs } from "~/kernel/time";
import type { SquareEnvironment, SquareFault, SquareLocation } from "./square";

/** `revoked`: the seller ended it at Square; `disconnected`: the shop ended it here. */
export const squareConnectionStates = ["connected", "revoked", "disconnected"] as const;
export type SquareConnectionState = (typeof squareConnectionStates)[number];

/** A shop's connection, without its tokens. */
export type SquareConnection = {
  version: number;
  state: SquareConnectionState;
  environment: SquareEnvironment;
  merchantId: string;
  merchantName: string;
  location: { id: string; name: string; currency: string } | null;
  expiresAt: UtcMs;
  /** Whether the seller allowed what bank transfers take. */
  mayBank: boolean;
  /** Whether the shop offers bank transfers. */
  takesBank: boolean;
  connectedAt: UtcMs;
  /** Up to when Square was asked what changed: whatever kept us from asking, the next time begins there. */
  askedUntil: UtcMs;
};

/** With the id of the key that its tokens are encrypted with. */
export type KeyedConnection = SquareConnection & { keyId: string | null };
export const keyedOf = <Stored extends SquareConnection & { tokens: { keyId: string } | null }>({ tokens, ...connection }: Stored) => ({
  ...connection,
  keyId: tokens?.keyId ?? null,
});

type Application = { environment: SquareEnvironment; tokenKeys: readonly { id: string }[] };

/** Whether it is connected to what this installation uses: Square's sandbox or its live service. */
export const isConnected = <One extends Pick<SquareConnection, "state" | "environment">>(
  connection: One | null,
  application: Pick<Application, "environment"> | null,
): connection is One & { state: "connected" } => connection?.state === "connected" && connection.environment === application?.environment;

/** Why a location can't be chosen, or null where it can. */
export function whyNotLocation({ status, currency }: SquareLocation, organizationCurrency: string): string | null {
  if (status !== "ACTIVE") return "This location is closed at Square.";
  return currency === organizationCurrency ? null : `It takes ${currency}, and your shop bills in ${organizationCurrency}.`;
}

/** The one location that can be chosen, where there is no choice. */
export function onlyLocation(locations: readonly SquareLocation[], organizationCurrency: string): SquareLocation | null {
  const [first, ...others] = locations.filter((one) => whyNotLocation(one, organizationCurrency) === null);
  return first && others.length === 0 ? first : null;
}

/**
 * Whether this account can take bank transfers at all: Square has them in the United States, in US dollars
 * (https://developer.squareup.com/docs/payments-api/take-payments/ach-payments), and no other country where Square is uses those.
 */
export const canTakeBank = ({ location }: Pick<SquareConnection, "location">): boolean => location?.currency === "USD";

/** Whether customers can pay by bank transfer, where the shop takes payments. */
export const offersBank = (connection: Pick<SquareConnection, "location" | "mayBank" | "takesBank">): boolean =>
  canTakeBank(connection) && connection.mayBank && connection.takesBank;

/** Why a shop takes no payments online at the moment, or null where it does. */
export function whyNoPayments(connection: KeyedConnection | null, application: Application | null): string | null {
  if (!application) return "Square isn't set up for this installation of BayTrack.";
  if (connection === null || connection.state === "disconnected") return "Square isn't connected.";
  if (connection.state === "revoked") return "Access was removed at Square. Connect again.";
  if (connection.environment !== application.environment)
    return `The connection is for Square's ${connection.environment === "sandbox" ? "sandbox" : "live service"}. Connect again.`;
  if (!application.tokenKeys.some(({ id }) => id === connection.keyId))
    return "The key that access to Square was encrypted with is missing here. Restore it in TOKEN_KEY, or disconnect and connect again.";
  return connection.location === null ? "No Square location is chosen." : null;
}

/** The account at Square that answers at the moment; null if none does. */
export const connectedAccount = (connection: KeyedConnection | null, application: Application | null): string | null =>
  connection !== null && whyNoPayments(connection, application) === null ? connection.merchantId : null;

export function faultMessage(fault: SquareFault): string {
  switch (fault.kind) {
    case "squareUnreachable":
      return "Square didn't answer. Try again in a minute.";
    case "squareAnswerUnreadable":
      return "Square's answer couldn't be read. Try again in a minute.";
    case "squareUnauthorized":
      return "Square no longer accepts this connection. Connect again.";
    case "squareRefused":
      return `Square refused this (${fault.code}).`;
  }
}
