import { and, eq, isNull, type SQL } from "drizzle-orm";
import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import { DAY, later, type UtcMs } from "~/kernel/time";
import { assetOwners, assets } from "~/modules/assets/asset.tables";
import { customers } from "~/modules/customers/customer.tables";
import { drivers } from "~/modules/drivers/driver.tables";
import { addDriver } from "~/modules/drivers/save-driver.server";
import { addPerson } from "~/modules/people/add-person.server";
import { nextRosterVersion, readRoster } from "~/modules/telematics/roster.store.server";
import { deviceAssignments, devices } from "~/modules/telematics/telematics.tables";
import type { WorkOrderState } from "~/modules/work-orders/work-order";
import { workOrders } from "~/modules/work-orders/work-order.tables";
import { newToken, sha256 } from "~/platform/crypto.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import type { FoundSession, Membership } from "~/platform/directory/directory.server";
import { forJob, fromSession } from "~/platform/scope/scope.server";
import { sessionOf, startSession } from "~/platform/sessions/sessions.server";
import { cheapHash } from "./hashes";
import { testRequest } from "./request";
import type { WorldContext } from "./world";

export type Customer = { id: Id<"customer">; email: string };
export type Shop = ReturnType<typeof shopOf>;

/** One shop of the world: makes its records, and acts for its people. */
export function shopOf({ env, context, clock, next }: WorldContext, id: Id<"organization">, ownerEmail: string, host: string) {
  const { platform } = context;
  const db = scopedDatabase(env.TENANTS, forJob(id, "test"));
  // Long ago, so that a reading of any recent day finds its device assigned.
  const since = () => later(clock.now(), -500 * DAY);

  async function membershipOf(email: string, portal: Portal): Promise<Membership> {
    const account = await platform.directory.account(email);
    const [membership] = account ? await platform.directory.membershipsOf(account.id, portal, id) : [];
    if (!membership) throw new Error(`${email} has no ${portal} membership`);
    return membership;
  }

  async function session<F extends Portal>(email: string, portal: F): Promise<{ cookie: string; session: FoundSession<F> }> {
    const request = new Request("http://test/");
    const cookie = (await startSession(platform, request, await membershipOf(email, portal))).cookie.split(";")[0] ?? "";
    const found = await sessionOf(platform, new Request("http://test/", { headers: { Cookie: cookie } }), portal);
    if (!found) throw new Error("a session that was just started is gone");
    return { cookie, session: found };
  }

  return {
    id,
    db,
    now: () => clock.now(),
    ownerEmail,
    host,
    session,
    membershipOf,
    person: (portal: Portal, email: string, partyId?: string) =>
      addPerson(platform, { organizationId: id, audience: portal, name: email, email, partyId, role: portal === "staff" ? "technician" : undefined }),
    /** Services as staff's owner, or as a customer's person. */
    asStaff: async () => context.servicesFor(fromSession((await session(ownerEmail, "staff")).session, testRequest)),
    driverDatabase: async (email: string) => context.servicesFor(fromSession((await session(email, "driver")).session, testRequest)).db,
    as: async (customer: Customer) => context.servicesFor(fromSession((await session(customer.email, "customer")).session, testRequest)),

    async customer(options: { shares?: boolean } = {}): Promise<Customer> {
      const customer = { id: newId("customer"), email: `fleet-${next()}@${id.slice(-8)}.test` };
      await db.batch([
        db.insert(customers, {
          id: customer.id,
          name: `Customer ${next()}`,
          email: customer.email,
          portalEnabled: true,
          isSelf: false,
          sharesPositions: options.shares ?? true,
          createdAt: since(),
        }),
      ]);
      await addPerson(platform, { organizationId: id, audience: "customer", name: customer.email, email: customer.email, partyId: customer.id });
      return customer;
    },

    /** A driver of a customer's, by the shop's own form; with the PIN that the form showed. */
    async driver(options: { customer: Customer; email?: string; code?: string }): Promise<{ id: Id<"driver">; name: string; code: string; pin: string }> {
      const staff = context.servicesFor(fromSession((await session(ownerEmail, "staff")).session, testRequest));
      const driver = { id: newId("driver"), name: `Driver ${next()}`, code: options.code ?? String(100_000 + next()) };
      const form = { name: driver.name, code: driver.code, email: options.email ?? "", phone: "", portalEnabled: true };
      const added = await addDriver(staff, { id: driver.id, customerId: options.customer.id, form });
      await staff.drainNow();
      if (!added.ok || !added.value.pin) throw new Error("the driver was not added");
      const { pin } = added.value;
      await db.batch([db.update(drivers, { pinHash: cheapHash(pin, platform.settings.passwordPepper) }, eq(drivers.id, driver.id))]);
      return { ...driver, pin };
    },

    async asset(options: { customer: Customer; shares?: boolean }): Promise<Id<"asset">> {
      const assetId = newId("asset");
      const customerId = options.customer.id;
      await db.batch([
        db.insert(assets, { id: assetId, customerId, unitNumber: `U-${next()}`, kind: "truck", sharesPosition: options.shares ?? true, createdAt: since() }),
        db.insert(assetOwners, { assetId, from: since(), to: null, customerId }),
      ]);
      return assetId;
    },

    /** A tracker in an asset from long ago, or from a given instant. */
    async device(options: { asset: Id<"asset">; code?: string; from?: UtcMs; ownKey?: boolean }): Promise<string> {
      const code = options.code ?? `T-${next()}`;
      await db.batch([
        db.insert(devices, { code, label: `Tracker ${code}`, createdAt: since(), hasOwnKey: options.ownKey ?? false }),
        db.insert(deviceAssignments, { deviceCode: code, from: options.from ?? since(), to: null, assetId: options.asset }),
        nextRosterVersion(db),
      ]);
      return code;
    },

    /** From an instant on, the tracker rides in another asset. */
    async moveDevice({ device, to, at }: { device: string; to: Id<"asset">; at: UtcMs }): Promise<void> {
      await db.batch([
        db.update(deviceAssignments, { to: at }, and(eq(deviceAssignments.deviceCode, device), isNull(deviceAssignments.to)) as SQL), // `and` of two conditions is one
        db.insert(deviceAssignments, { deviceCode: device, from: at, to: null, assetId: to }),
        nextRosterVersion(db),
      ]);
    },

    async sellAsset({ asset, to, at }: { asset: Id<"asset">; to: Customer; at: UtcMs }): Promise<void> {
      await db.batch([
        db.update(assetOwners, { to: at }, and(eq(assetOwners.assetId, asset), isNull(assetOwners.to)) as SQL), // `and` of two conditions is one
        db.insert(assetOwners, { assetId: asset, from: at, to: null, customerId: to.id }),
        db.update(assets, { customerId: to.id }, eq(assets.id, asset)),
        nextRosterVersion(db),
      ]);
    },

    async share({ asset, shares }: { asset: Id<"asset">; shares: boolean }): Promise<void> {
      await db.batch([db.update(assets, { sharesPosition: shares }, eq(assets.id, asset)), nextRosterVersion(db)]);
    },

    async workOrder(options: { asset: Id<"asset">; customer: Customer; state?: WorkOrderState }): Promise<Id<"workOrder">> {
      const order = newId("workOrder");
      const row = {
        id: order,
        number: next(),
        title: "Brakes",
        assetId: options.asset,
        customerId: options.customer.id,
        state: options.state ?? "open",
        arrivedAt: options.state === "in-progress" || options.state === "on-hold" ? clock.now() : null,
        stateSince: clock.now(),
        version: 1,
        createdAt: clock.now(),
      };
      await db.batch([db.insert(workOrders, row)]);
      return order;
    },

    /** A new ingest key: the organization's common one, or one device's own. */
    async key(deviceCode: string | null = null): Promise<string> {
      const secret = newToken();
      await platform.directory.addIngestKey({
        id: newId("key"),
        keyHash: sha256(secret),
        organizationId: id,
        deviceCode,
        label: "Test key",
        createdAt: clock.now(),
        endedAt: null,
      });
      return secret;
    },

    /** Tells the live room who carries what now, as the outbox does. */
    async applyRoster(): Promise<void> {
      await context.servicesFor(forJob(id, "test")).fleet.applyRoster(await readRoster(db));
    },
  };
}
