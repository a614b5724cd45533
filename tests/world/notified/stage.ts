import { eq } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import type { Role } from "~/kernel/permissions";
import { assets } from "~/modules/assets/asset.tables";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { mutableEvents } from "~/modules/customers/customer-events";
import { saveNotificationPreference } from "~/modules/notifications/my-notifications.server";
import type { NotifiedAudience, StaffEvent } from "~/modules/notifications/notification-table";
import { type DeliveryMethod, staffEventNames } from "~/modules/notifications/staff-events";
import { addPerson } from "~/modules/people/add-person.server";
import { fromSession } from "~/platform/scope/scope.server";
import { browserIn } from "../browser";
import { addBrowser } from "../push";
import { testRequest } from "../request";
import type { Customer } from "../shop";
import { openSocket } from "../socket";
import { createWorld } from "../world";

type Person = { name: string; email: string; audience: NotifiedAudience };
type ContactRow = Partial<typeof contacts.$inferInsert>;

const all = (way: DeliveryMethod) => Object.fromEntries(staffEventNames.map((event) => [event, way])) as Record<StaffEvent, DeliveryMethod>; // keys of the table
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const everything: ContactRow = { mayDecide: true, mayDocuments: true, mayPay: true, mayService: true };
/** What staff chose who chose something. */
const chosen: Readonly<Record<string, DeliveryMethod>> = { mara: "now", ned: "never" };

/**
 * A shop with everybody whom a notification could reach. Staff: `owner`, who chose nothing and has push on; `mara`, a
 * manager who wants every mail at once, with push on and a page open; `ned`, a manager who switched all off; `ivo`, a
 * technician with push on. The customer's contacts: `renee` with all rights, `lou` who decides up to 150.00, `bea` with documents alone, `cal` with none,
 * `mute` with all rights who switched all off; `olga` is another customer's.
 */
export async function stage() {
  const world = await createWorld();
  const shop = await world.shop();
  const { platform } = world.context;
  await platform.directory.setPlan(shop.id, "pro-plus");
  const [customer, other] = [await shop.customer(), await shop.customer()];
  const asset = await shop.asset({ customer });
  await shop.db.batch([
    shop.db.update(customers, { name: "Northline" }, eq(customers.id, customer.id)),
    shop.db.update(assets, { unitNumber: "104" }, eq(assets.id, asset)),
  ]);
  const people: Person[] = [{ name: "owner", email: shop.ownerEmail, audience: "staff" }];
  const emailOf = (who: string) => people.find(({ name }) => name === who)?.email ?? who;

  async function add(name: string, audience: NotifiedAudience, more: { partyId?: string; role?: Role; email?: string } = {}): Promise<string> {
    const email = more.email ?? `${name}@${shop.id.slice(-8)}.test`;
    people.push({ name, email, audience });
    if (audience !== "driver")
      await addPerson(platform, { organizationId: shop.id, audience, name: capital(name), email, partyId: more.partyId, role: more.role });
    return email;
  }
  async function addContact(name: string, customerId: Id<"customer">, more: ContactRow, own?: string): Promise<void> {
    const email = own ?? (await add(name, "customer", { partyId: customerId }));
    const row = { id: newId("contact"), customerId, name: capital(name), email, version: 1, createdAt: shop.now(), ...more };
    await shop.db.batch([shop.db.insert(contacts, row as never)]); // the row without its organization
  }
  await addContact("renee", customer.id, everything);
  await addContact("lou", customer.id, { mayDecide: true, mayDocuments: true, decideLimit: toCents(150_00) });
  await addContact("bea", customer.id, { mayDocuments: true });
  await addContact("cal", customer.id, { mayDocuments: false });
  await addContact("mute", customer.id, { ...everything, muted: mutableEvents });
  await addContact("olga", other.id, everything);
  await add("mara", "staff", { role: "manager" });
  await add("ned", "staff", { role: "manager" });
  await add("ivo", "staff", { role: "technician" });

  const staffAs = async (who: string) => {
    const { session } = await shop.session(emailOf(who), "staff");
    return { ...world.context.servicesFor(fromSession(session, testRequest)), me: session.membership.id };
  };
  for (const [who, way] of Object.entries(chosen)) {
    const services = await staffAs(who);
    await saveNotificationPreference(services, services.me, all(way));
  }
  const browsers = new Map<string, { shown(): Promise<{ title: string; body: string; path: string }[]> }>();
  for (const who of ["owner", "mara", "ivo"]) browsers.set(who, await addBrowser(world, shop, emailOf(who)));
  const page = await openSocket<{ type: string; kind?: string }>(`board-room/${shop.id}?as=staff`, (await shop.session(emailOf("mara"), "staff")).cookie);
  await page.soFar();

  /** A browser in which somebody is signed in. */
  const visitor = async (who: string, portal: "staff" | "customer" | "vendor") => {
    const browser = browserIn(world);
    browser.jar.set(`__Host-${portal}`, (await shop.session(emailOf(who), portal)).cookie.split("=")[1] ?? "");
    return browser;
  };
  return {
    world,
    shop,
    customer: { id: customer.id, email: emailOf("renee") } satisfies Customer,
    other,
    asset,
    people,
    add,
    addContact,
    emailOf,
    staffAs,
    staff: await shop.asStaff(),
    renee: await shop.as({ id: customer.id, email: emailOf("renee") }),
    browsers,
    page,
    visitor,
    wayOf: (who: string) => chosen[who] ?? null,
  };
}
export type Stage = Awaited<ReturnType<typeof stage>>;
