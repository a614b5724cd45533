import { newId } from "~/kernel/ids";
import type { SquareApplication } from "~/modules/payments/square/square.client.server";
import { developmentSecrets } from "../../local/settings";
import type { Command } from "../../local/stand-ins/square/control";

/** Square's stand-in, as the Worker under test reaches it. */
export const squareUrl = "http://square.test";
export const squareApplication: SquareApplication = {
  applicationId: developmentSecrets.SQUARE_APPLICATION_ID,
  applicationSecret: developmentSecrets.SQUARE_APPLICATION_SECRET,
  sandbox: true,
  baseUrl: squareUrl,
};

export type SquareLink = { id: string; url: string; orderId: string };
export type Announced = { url: string; headers: Record<string, string>; body: string; type: string; state: string };

/** Does what a seller, a payer, a bank or a failure does. */
export async function atSquare<T>(command: Command): Promise<T> {
  const response = await fetch(`${squareUrl}/__control`, { method: "POST", body: JSON.stringify(command) });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** A merchant of its own, with one location. */
export async function newMerchant(currency: string, more: readonly string[] = []): Promise<{ id: string; location: string }> {
  const id = `ML${newId("event").slice(4).toUpperCase()}`;
  const location = `L${id.slice(2)}`;
  await atSquare({
    do: "add-merchant",
    merchant: {
      id,
      name: `Shop ${id}`,
      currency,
      locations: ["Main", ...more].map((name, at) => ({ id: at === 0 ? location : `${location}${at}`, name, currency, status: "ACTIVE" as const })),
    },
  });
  return { id, location };
}

/** The webhooks of a merchant as Square would send them, in order: a test sends them itself, as often and in the order it likes. */
export const announced = async (merchant: string): Promise<Announced[]> => (await fetch(`${squareUrl}/__events?merchant=${merchant}`)).json();
