import type { Clock, UtcMs } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { Checkout } from "../checkouts/begin-checkout.server";
import { squareFor } from "./square-connection.step.server";

export type SquareNeeds = { db: ScopedDatabase<"job">; clock: Clock; directory: Directory; settings: Settings };
export type OpenSquare = Checkout & { applicationId: string; askedUntil: UtcMs };

/** Where Square's checkout pages are; sandbox and live. */
const SQUARE_HOSTS = /(^|\.)(square\.link|square\.site|squareup\.com|squareupsandbox\.com)$/;

/** The shop's account at Square; null while it takes no payments. */
export async function openSquare(s: SquareNeeds): Promise<OpenSquare | null> {
  const { square } = s.settings;
  const connected = await squareFor(s);
  if (!square || !connected) return null;
  const { locationId, currency, merchant, takesBank, askedUntil } = connected.connection;
  return {
    client: connected.client,
    locationId,
    currency,
    merchant,
    takesBank,
    askedUntil,
    applicationId: square.applicationId,
    isSquarePage: (url) => isSquarePage(url, square.baseUrl),
  };
}

/** Nobody is sent anywhere but to Square, whatever an answer has. In development the stand-in is Square. */
export function isSquarePage(url: string, baseUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  return (protocol === "https:" && SQUARE_HOSTS.test(hostname)) || origin === new URL(baseUrl).origin;
}
