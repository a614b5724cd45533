import { eq } from "drizzle-orm";
import { newId } from "~/kernel/ids";
import { contacts } from "~/modules/customers/customer.tables";
import { sendPortalInvite } from "~/modules/customers/portal-access/send-portal-invite.server";
import { askForLink } from "~/modules/people/links/request-sign-in-link.server";
import { inviteStaff } from "~/modules/people/staff-people.server";
import type { Stage } from "../stage";
import type { Play } from "../watch";

/** What people need to sign in. */
export async function playPeople(it: Stage, { play, ignore }: Play): Promise<void> {
  const { world, shop, staff } = it;
  const dan = await it.add("dan", "driver");
  await shop.driver({ customer: it.customer, email: dan });
  await ignore();
  const ask = (audience: "customer" | "driver", who: string) => () =>
    askForLink(world.context, { audience, email: it.emailOf(who), address: "192.0.2.1", only: shop.id });
  await play({ happens: ask("customer", "renee"), causes: ["customer sign-in: sign-in (mail.sign-in)"], person: "renee" });
  // Also who switched all else off.
  await play({ happens: ask("customer", "mute"), causes: ["customer sign-in: sign-in (mail.sign-in)"], person: "mute" });
  await play({ happens: ask("driver", "dan"), causes: ["driver sign-in: sign-in (mail.sign-in)"], person: "dan" });
  await play({ happens: ask("customer", "nobody@elsewhere.test"), causes: [] });
  const [bea] = await shop.db.query({ from: contacts, columns: { id: contacts.id }, where: eq(contacts.email, it.emailOf("bea")), limit: 1 });
  await play({
    happens: () => sendPortalInvite(staff, { customerId: it.customer.id, contactId: bea?.id ?? newId("contact") }),
    causes: ["customer invite: portal-invite (mail.portal-invite)"],
    person: "bea",
  });
  const nina = `nina@${shop.host}`;
  it.people.push({ name: "nina", email: nina, audience: "staff" });
  await play({
    happens: () => inviteStaff(staff, { name: "Nina", email: nina, role: "technician" }),
    causes: ["staff password: set-password (mail.set-password)"],
    person: "nina",
  });
}
