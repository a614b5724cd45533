import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY, dayOf, HOUR, later, systemClock, type UtcMs } from "~/kernel/time";
import { assetJournal } from "~/modules/assets/asset.journal";
import { assetDrivers, assetOwners, assets, meterReadings } from "~/modules/assets/asset.tables";
import { withCheckDigit } from "~/modules/assets/vin";
import { contacts, customers } from "~/modules/customers/customer.tables";
import { openShop } from "~/modules/customers/open-shop.server";
import { syncPortalAccess } from "~/modules/customers/portal-access/sync-portal-access.server";
import { driverJournal } from "~/modules/drivers/driver.journal";
import { drivers } from "~/modules/drivers/driver.tables";
import { syncDriverAccess } from "~/modules/drivers/sync-driver-access.server";
import { shopRules } from "~/modules/organizations/organization.tables";
import { petrol, type ShopDetails } from "~/modules/organizations/shop-details";
import { addPerson } from "~/modules/people/add-person.server";
import { nextRosterVersion } from "~/modules/telematics/roster.store.server";
import { deviceAssignments, devices } from "~/modules/telematics/telematics.tables";
import { vendors } from "~/modules/vendors/vendor.tables";
import { sumsOf } from "~/modules/work-orders/jobs/job";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import { insertLines } from "~/modules/work-orders/lines/order-lines.store.server";
import type { ServiceRequest } from "~/modules/work-orders/service-requests/service-request";
import type { HoldReason, WorkOrderState } from "~/modules/work-orders/work-order";
import { type WorkOrderEvent, workOrderJournal } from "~/modules/work-orders/work-order.journal";
import { cannedJobs, workOrderJobs, workOrders } from "~/modules/work-orders/work-order.tables";
import { hashPassword, newToken, sha256 } from "~/platform/crypto.server";
import { eventColumns } from "~/platform/database/journal.server";
import { type ScopedDatabase, type Statement, scopedDatabase } from "~/platform/database/scoped.server";
import { type Actor, counters, journal } from "~/platform/database/tenant.tables";
import { directoryOf } from "~/platform/directory/directory.server";
import { readSettings } from "~/platform/env.server";
import { forJob } from "~/platform/scope/scope.server";
import { demo } from "../settings.ts";
import { attachDemo, attachReported, attachToVendorJobs, photoDemo } from "./attach";
import { estimateDemo } from "./estimates";
import {
  type DemoCustomer,
  type DemoDriver,
  type DemoPerson,
  type DemoUnit,
  type DemoVendor,
  harborCustomers,
  harborDrivers,
  harborParty,
  harborStaff,
  harborVendors,
  plateOf,
  readingOf,
  ridgeCustomers,
  ridgeDrivers,
  ridgeParty,
  ridgeStaff,
  ridgeVendors,
} from "./fleets";
import { demoId } from "./ids";
import { inspectionDemo } from "./inspections";
import { invoiceRows } from "./invoices";
import { maintenanceDemo } from "./maintenance";
import { type DemoOrder, harborOrders, ridgeOrders } from "./orders";
import { outsideWorkDemo } from "./outside-work";
import { demoCanned, demoLines, demoRepairs, demoRules, ridgeRules } from "./repairs";
import { connectDemo } from "./square";

type Shop = { organizationId: Id<"organization">; db: ScopedDatabase<"job">; now: UtcMs; staff: Map<string, Id<"membership">>; owner: Actor };
type Bindings = { DIRECTORY: D1Database; TENANTS: D1Database; FILES: R2Bucket };

const shopOf = (
  details: Pick<ShopDetails, "slug" | "name" | "brandColor" | "phone" | "email" | "address" | "remitTo" | "taxId" | "paymentTerms">,
): ShopDetails => ({
  plan: "pro-plus",
  zone: "America/Chicago",
  locale: "en-US",
  currency: "USD",
  distanceUnit: "mi",
  ...details,
});

/** Fills an empty database with the two demo shops. Any other is left as it is. */
export async function seedDemo(bindings: Bindings, publicPort: string): Promise<"seeded" | "kept" | "somebody's own"> {
  const directory = directoryOf(bindings);
  if (!(await directory.isEmpty())) return (await directory.organization(demoId("organization", "harbor"))) ? "kept" : "somebody's own";
  const settings = readSettings(bindings);
  const now = systemClock.now();
  const needs = { directory, clock: systemClock, settings, databaseOf: (id: Id<"organization">) => scopedDatabase(bindings.TENANTS, forJob(id, "Automatic")) };

  /** The activity names who wrote, as in a real shop. */
  const asWrittenBy = (name: string, { organizationId }: Shop) => scopedDatabase(bindings.TENANTS, forJob(organizationId, name));

  async function shop(details: ShopDetails, host: string, owner: string, email: string): Promise<Shop> {
    const organizationId = demoId("organization", details.slug);
    const ids = { organization: organizationId, shopFleet: demoId("customer", `${details.slug} own`) };
    await openShop(needs, {
      details,
      ids,
      publicOrigin: `http://${host}:${publicPort}`,
      hosts: [`${details.slug}.localhost:${publicPort}`],
      owner: { name: owner, email, password: demo.password },
    });
    return {
      organizationId,
      db: needs.databaseOf(organizationId),
      now,
      staff: new Map(),
      owner: { audience: "staff", id: `${details.slug} owner`, name: owner },
    };
  }

  // Ridge first: the bare host signs in to the newest membership, and Harbor is the demo's own.
  const ridge = await shop(
    shopOf({ slug: "ridge", name: "Ridge Truck Care", brandColor: "#7a4a12", phone: "+1 269 555 0163", email: "desk@ridge.test", ...ridgeParty }),
    "ridge.localhost",
    "Noor Haddad",
    "owner@ridge.test",
  );
  await staff(ridge, ridgeStaff);
  await fill(ridge, "ridge", ridgeCustomers, ridgeOrders);
  await maintenanceDemo(ridge, "ridge", ridgeCustomers, demoCanned.ridge.key);
  await photoDemo(bindings.FILES, ridge, "ridge");
  await estimateDemo(asWrittenBy("Noor Haddad", ridge), "ridge", now);
  await attachDemo(bindings.FILES, ridge, "ridge", "lakeshore");
  await attachReported(bindings.FILES, ridge, "ridge");
  await addKey(ridge, "ridge", demo.ridgeIngestKey);
  await addVendors(ridge, "ridge", ridgeVendors);
  await outsideWorkDemo((name) => asWrittenBy(name, ridge), "ridge", now);
  await attachToVendorJobs(bindings.FILES, ridge, "ridge");
  await addDrivers(ridge, "ridge", ridgeDrivers);
  await inspectionDemo(bindings.FILES, ridge, "ridge", ridge.staff);
  await addTablet(ridge, "ridge", "Dock tablet");

  const harbor = await shop(
    shopOf({ slug: "harbor", name: "Harbor Diesel", brandColor: petrol, phone: "+1 219 555 0100", email: "shop@harbor.test", ...harborParty }),
    "localhost",
    "Joan Petrak",
    "owner@harbor.test",
  );
  await staff(harbor, harborStaff);
  await fill(harbor, "harbor", harborCustomers, harborOrders);
  await maintenanceDemo(harbor, "harbor", harborCustomers, demoCanned.harbor.key);
  await photoDemo(bindings.FILES, harbor, "harbor");
  await estimateDemo(asWrittenBy("Joan Petrak", harbor), "harbor", now);
  await attachDemo(bindings.FILES, harbor, "harbor", "northline");
  await attachReported(bindings.FILES, harbor, "harbor");
  await addKey(harbor, "harbor", demo.ingestKey);
  await addVendors(harbor, "harbor", harborVendors);
  await outsideWorkDemo((name) => asWrittenBy(name, harbor), "harbor", now);
  await attachToVendorJobs(bindings.FILES, harbor, "harbor");
  await addDrivers(harbor, "harbor", harborDrivers);
  await inspectionDemo(bindings.FILES, harbor, "harbor", harbor.staff);
  await addTablet(harbor, "harbor", "Yard tablet");
  await connectDemo(asWrittenBy("Joan Petrak", harbor), directory, settings, now);
  return "seeded";

  async function addVendors(it: Shop, slug: string, vendorsOf: readonly DemoVendor[]): Promise<void> {
    for (const { key, name, email, phone, byPhone } of vendorsOf) {
      const id = demoId("vendor", `${slug} ${key}`);
      await it.db.batch([
        it.db.insert(vendors, {
          id,
          name,
          phone,
          email,
          laborRate: toCents(key === "gearworks" ? 110_00 : 98_00),
          usualLimit: key === "gearworks" ? toCents(2_500_00) : null,
          monthlyBudget: key === "gearworks" ? toCents(6_000_00) : null,
          insuredThrough: dayOf(later(now, (key === "gearworks" ? 19 : 240) * DAY), "America/Chicago"),
          portalEnabled: !byPhone,
          invitedAt: byPhone ? null : later(now, -90 * DAY),
          version: 1,
          createdAt: later(now, -200 * DAY),
        }),
      ]);
      if (!byPhone) await addPerson(needs, { organizationId: it.organizationId, audience: "vendor", partyId: id, name, email, password: demo.password });
    }
  }

  async function fill(it: Shop, slug: string, itsCustomers: readonly DemoCustomer[], orders: readonly DemoOrder[]): Promise<void> {
    for (const customer of itsCustomers) {
      await it.db.batch(customerRows(it, slug, customer));
      if (!customer.portal) continue;
      const customerId = demoId("customer", `${slug} ${customer.key}`);
      await it.db.batch([
        it.db.insert(contacts, {
          id: demoId("contact", `${slug} ${customer.key}`),
          customerId,
          name: customer.contact,
          email: customer.email,
          mayDecide: true,
          mayPay: true,
          mayDrivers: true,
          mayService: true,
          // A fleet with mechanics of its own.
          mayCertify: customer.key === "northline",
          mayExport: true,
          version: 1,
          createdAt: later(now, -400 * DAY),
        }),
      ]);
      await syncPortalAccess({ ...needs, db: it.db, rooms: [] }, customerId);
    }
    const canned = demoCanned[slug as keyof typeof demoCanned]; // each demo shop has one
    await it.db.batch([
      it.db.insert(shopRules, { version: 1, rules: slug === "ridge" ? ridgeRules : demoRules, since: later(now, -400 * DAY) }),
      it.db.insert(cannedJobs, {
        id: demoId("cannedJob", `${slug} ${canned.key}`),
        name: canned.name,
        complaint: canned.complaint,
        correction: canned.correction,
        lines: demoLines(`${slug} ${canned.key}`, demoRepairs[canned.repair]?.lines ?? []),
        version: 1,
        createdAt: later(now, -300 * DAY),
      }),
      ...orders.flatMap((order, at) => orderRows(it, slug, itsCustomers, order, 1_000 + at)),
      it.db.insert(counters, { kind: "work-order", value: 1_000 + orders.length }),
      ...invoiceRows({
        db: it.db,
        actor: it.owner,
        now,
        slug,
        zone: "America/Chicago",
        rules: slug === "ridge" ? ridgeRules : demoRules,
        orderAt(number) {
          const order = orders[number - 1_000];
          const owner = itsCustomers.find(({ units }) => units.some(({ unit }) => unit === order?.unit));
          if (!order || !owner) throw new Error(`demo invoice for an order that is not there: ${number}`);
          return { customerId: demoId("customer", `${slug} ${owner.key}`), customer: owner, shop: slug === "ridge" ? ridgeParty : harborParty, order };
        },
      }),
    ]);
  }

  async function staff(it: Shop, people: readonly DemoPerson[]): Promise<void> {
    for (const { name, email, role } of people) {
      const added = await addPerson(needs, { organizationId: it.organizationId, audience: "staff", role, name, email, password: demo.password });
      if (added.ok) it.staff.set(name, added.value);
    }
  }

  async function addDrivers(it: Shop, slug: string, its: readonly DemoDriver[]): Promise<void> {
    const since = later(now, -60 * DAY);
    for (const { key, customer, name, email, phone, code, pin, units } of its) {
      const id = demoId("driver", `${slug} ${key}`);
      const facts = { name, email, phone, portalEnabled: true, code };
      await it.db.batch([
        it.db.insert(journal, {
          recordKind: "driver",
          recordId: id,
          version: 1,
          at: since,
          actor: it.db.scope.actor,
          ...eventColumns(driverJournal.of("driver.added", facts)),
          about: id,
        }),
        it.db.insert(drivers, {
          id,
          customerId: demoId("customer", `${slug} ${customer}`),
          ...facts,
          pinHash: await hashPassword(pin, settings.passwordPepper),
          version: 1,
          createdAt: since,
        }),
        ...units.map((unit) => it.db.insert(assetDrivers, { assetId: demoId("asset", `${slug} ${unit}`), driverId: id, from: since, to: null })),
      ]);
      await syncDriverAccess({ ...needs, db: it.db, rooms: [] }, id);
    }
  }

  /** Its key is unknown: it is on the list and opens nothing. */
  async function addTablet(it: Shop, slug: string, label: string): Promise<void> {
    const at = later(now, -30 * DAY);
    const owner = (await directory.staffOf(it.organizationId)).find(({ role }) => role === "owner");
    if (!owner) throw new Error("a shop without its owner");
    const invitation = { id: demoId("tablet", slug), organizationId: it.organizationId, label, enrolHash: sha256(newToken()), enrolUntil: later(at, HOUR) };
    await directory.inviteTablet({ ...invitation, invitedBy: owner.id, createdAt: at });
    await directory.enrolTablet(invitation.enrolHash, sha256(newToken()), at);
  }

  async function addKey(it: Shop, slug: string, secret: string): Promise<void> {
    await directory.addIngestKey({
      id: demoId("key", slug),
      keyHash: sha256(secret),
      organizationId: it.organizationId,
      deviceCode: null,
      label: "All trackers",
      createdAt: now,
      endedAt: null,
    });
  }
}

function customerRows({ db, now, owner }: Shop, slug: string, { key, name, email, phone, address, taxId, credit, portal, units }: DemoCustomer): Statement[] {
  const customerId = demoId("customer", `${slug} ${key}`);
  const since = later(now, -400 * DAY);
  return [
    db.insert(customers, {
      id: customerId,
      name,
      email,
      phone,
      address,
      taxId,
      ...credit,
      portalEnabled: portal,
      isSelf: false,
      sharesPositions: true,
      createdAt: since,
    }),
    ...units.flatMap(({ unit, kind, vin, year, make, model, device }) => {
      const assetId = demoId("asset", `${slug} ${unit}`);
      return [
        db.insert(assets, {
          id: assetId,
          customerId,
          unitNumber: unit,
          kind,
          vin: vin && withCheckDigit(vin),
          plate: plateOf(slug, { unit, kind }),
          year,
          make,
          model,
          sharesPosition: true,
          createdAt: since,
        }),
        db.insert(assetOwners, { assetId, from: since, to: null, customerId }),
        db.insert(journal, {
          recordKind: "asset",
          recordId: assetId,
          version: 1,
          at: since,
          actor: owner,
          ...eventColumns(assetJournal.of("asset.added", { unitNumber: unit })),
          about: customerId,
        }),
        ...meterRows(db, assetId, kind, year, later(now, -9 * DAY)),
        ...(device
          ? [
              db.insert(devices, { code: device, label: `Tracker in ${unit}`, createdAt: since, hasOwnKey: false }),
              db.insert(deviceAssignments, { deviceCode: device, from: since, to: null, assetId }),
            ]
          : []),
      ];
    }),
    nextRosterVersion(db),
  ];
}

/** The last time that somebody read the unit's meter in the shop: a plausible one for its age. */
function meterRows(db: ScopedDatabase<"job">, assetId: Id<"asset">, kind: DemoUnit["kind"], year: number, at: UtcMs): Statement[] {
  const receivedValue = readingOf({ kind, year });
  if (receivedValue === null) return [];
  const { meter, value, receivedUnit } =
    kind === "truck"
      ? ({ meter: "odometer", value: receivedValue * 1_609.344, receivedUnit: "mi" } as const)
      : ({ meter: "engine", value: receivedValue * 3_600, receivedUnit: "h" } as const);
  return [db.insert(meterReadings, { assetId, meter, at, source: "read by Marta Ruiz", value, receivedValue, receivedUnit, status: "counted" })];
}

function orderRows(
  { db, now, staff, owner: writer }: Shop,
  slug: string,
  itsCustomers: readonly DemoCustomer[],
  order: DemoOrder,
  number: number,
): Statement[] {
  const owner = itsCustomers.find(({ units }) => units.some(({ unit }) => unit === order.unit));
  if (!owner) throw new Error(`demo order for a unit that nobody owns: ${order.unit}`);
  const id = demoId("workOrder", `${slug} ${number}`);
  const stateSince = later(now, -order.hoursInState * HOUR);
  const repair = demoRepairs[order.title];
  const lines = demoLines(`${slug} ${number}`, repair?.lines ?? []);
  const isDone = order.state === "completed" || order.state === "invoiced";
  const way = wayOf(order, number);
  const canned = Object.entries(demoCanned).find(([shop]) => shop === slug)?.[1];
  const row = {
    id,
    number,
    title: order.title,
    assetId: demoId("asset", `${slug} ${order.unit}`),
    customerId: demoId("customer", `${slug} ${owner.key}`),
    state: order.state,
    holdReason: order.hold ?? null,
    leadId: (order.lead && staff.get(order.lead)) || null,
    leadName: order.lead,
    promisedAt: order.promisedInHours === null ? null : later(now, order.promisedInHours * HOUR),
    completedAt: isDone ? stateSince : null,
    arrivedAt: order.asked || order.state === "open" || order.state === "canceled" ? null : later(stateSince, -5 * HOUR),
    releasedAt: order.state === "invoiced" ? stateSince : null,
    rulesVersion: isDone ? 1 : null,
    ...pricesOf(lines),
    stateSince,
    request: order.asked ? requestOf(order.asked) : null,
    version: way.length,
    createdAt: later(stateSince, -(way[0]?.hoursBefore ?? 0) * HOUR),
  };
  return [
    ...way.map(({ hoursBefore, event }, at) =>
      db.insert(journal, {
        recordKind: "work-order",
        recordId: id,
        version: at + 1,
        at: later(stateSince, -hoursBefore * HOUR),
        actor: order.asked ? { audience: "customer", id: "seed", name: order.asked.by } : writer,
        ...eventColumns(event),
        about: row.assetId,
      }),
    ),
    db.insert(workOrders, row),
    db.insert(workOrderJobs, {
      id: demoId("job", `${slug} ${number} 1`),
      workOrderId: id,
      position: 1,
      complaint: order.asked?.complaint ?? order.title,
      cause: repair?.cause ?? "",
      correction: repair?.correction ?? (isDone || order.state === "in-progress" ? "Done as asked." : ""),
      vmrs: repair?.vmrs ?? null,
      cannedJobId: canned?.complaint === order.title ? demoId("cannedJob", `${slug} ${canned.key}`) : null,
      technicianId: (order.lead && staff.get(order.lead)) || null,
      technicianName: order.lead,
      version: 1,
    }),
    ...insertLines(db, id, {
      id: demoId("job", `${slug} ${number} 1`),
      lines: lines.map((line) => ({ ...newLine(line, 1), done: isDone ? true : null })),
    }),
  ];
}

const requestOf = ({ by, urgency, fault }: NonNullable<DemoOrder["asked"]>): ServiceRequest => ({ by, urgency, fault, preferredDay: null, reading: null });

/** How an order came to its state, and how many hours before it came there. */
function wayOf({ state, hold, title, asked }: DemoOrder, number: number): { hoursBefore: number; event: WorkOrderEvent }[] {
  const named = { number, order: title };
  const moved = (from: WorkOrderState, to: WorkOrderState, holdReason: HoldReason | null = null) =>
    workOrderJournal.of(to === "completed" ? "work-order.completed" : "work-order.moved", { ...named, from, to, holdReason });
  const opened = (hoursBefore: number, as: "draft" | "open") => ({
    hoursBefore,
    event: workOrderJournal.of("work-order.opened", { state: as, complaint: asked?.complaint ?? title, ...(asked ? { request: requestOf(asked) } : {}) }),
  });
  if (state === "draft" || state === "open") return [opened(0, state)];
  if (state === "in-progress") return [opened(5, "open"), { hoursBefore: 0, event: moved("open", state) }];
  const started = { hoursBefore: 4, event: moved("open", "in-progress") };
  if (state === "on-hold") return [opened(11, "open"), started, { hoursBefore: 0, event: moved("in-progress", state, hold) }];
  if (state === "canceled")
    return [opened(11, "open"), { hoursBefore: 0, event: workOrderJournal.of("work-order.canceled", { ...named, from: "open", to: state, why: "Canceled" }) }];
  return [opened(11, "open"), started, { hoursBefore: 0, event: moved("in-progress", "completed") }];
}

function pricesOf(lines: Parameters<typeof sumsOf>[0]) {
  const { price, cost } = sumsOf(lines);
  return { price, cost };
}
