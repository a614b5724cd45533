import { developmentSecrets } from "../../local/settings";
import { signed } from "../../local/stand-ins/resend-webhooks";
import { resendWebhook } from "../../workers/resend-webhook";
import type { World } from "./world";

type Report = { headers: Record<string, string>; body: string };

/** The signed reports on mails to an address, as Resend would send them, in order. */
export const reportsTo = async (to: string): Promise<Report[]> => (await fetch(`http://resend.test/__events?to=${encodeURIComponent(to)}`)).json();

/** Brings a report to the app's address. */
export const bring = (world: World, { headers, body }: Report): Promise<Response> =>
  resendWebhook(new Request("http://app.test/webhooks/resend", { method: "POST", headers, body }), world.context);

/** Brings all reports on mails to an address, and lets the app do what follows. */
export async function bringAll(world: World, to: string, order: (reports: Report[]) => Report[] = (reports) => reports): Promise<void> {
  for (const { headers, body } of order(await reportsTo(to))) {
    // Signed by the world's clock, which may be years from the provider's.
    const { status } = await bring(world, signed(developmentSecrets.RESEND_WEBHOOK_SECRET, headers["svix-id"] ?? "", body, world.clock.now()));
    if (status !== 200) throw new Error(`a report was answered with ${status}`);
  }
  await world.settle();
}
