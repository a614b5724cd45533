import { env } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import type { Portal } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import type { Place } from "~/kernel/list-order";
import { toCents, toQuantity } from "~/kernel/money";
import { parseSearch } from "~/kernel/search-term";
import { toUtcMs } from "~/kernel/time";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { readMessages } from "~/modules/estimates/messages/messages.read.server";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { draftInvoice } from "~/modules/invoices/draft-invoice.server";
import { readInvoiceRecord } from "~/modules/invoices/invoice-record.read.server";
import { issueInvoice } from "~/modules/invoices/issue-invoice.server";
import { form } from "~/modules/maintenance/maintenance.fixtures";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { saveTemplate } from "~/modules/maintenance/templates/save-template.server";
import { countUnseen } from "~/modules/notifications/my-notifications.server";
import { readAssetDevices } from "~/modules/telematics/devices/asset-devices.read.server";
import { assignVendor } from "~/modules/vendor-jobs/assignment/assign-vendor.server";
import { readVendorJobRecord, readVendorMonth } from "~/modules/vendor-jobs/vendor-job-record.read.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { readVendor, readVendors } from "~/modules/vendors/vendors.read.server";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { findRates } from "~/modules/work-orders/lines/deferred-work.store.server";
import { offeredOrder } from "~/modules/work-orders/lines/offered-order.step.server";
import { runOrderCommand } from "~/modules/work-orders/order-command.step.server";
import { type ScopedDatabase, scopedDatabase } from "~/platform/database/scoped.server";
import { fromSession, type Scope } from "~/platform/scope/scope.server";
import { readPortalDeferredWork, readPortalEstimate, readPortalEstimates } from "~/queries/customer/estimates.server";
import { readPortalInvoice, readPortalInvoices } from "~/queries/customer/invoices.server";
import { readPortalHistory, readPortalOrder, readPortalOrders } from "~/queries/customer/work-orders.server";
import { readDefectsOfOrder, readOpenDefects, readWaitingDefects } from "~/queries/defects.server";
import { inspectionSorts, readConditions, readInspectionsOf } from "~/queries/inspections.server";
import { readRemovedSchedules, readUnitMaintenance } from "~/queries/maintenance.server";
import { readDueOf, readMaintenanceDays, readMaintenanceList, readServiceOf, readWaitingMaintenance } from "~/queries/maintenance-list.server";
import { readReport } from "~/queries/report.server";
import { readAccount, readInvoicesOfOrder, readPortalBalance } from "~/queries/staff/account.server";
import { readBoard } from "~/queries/staff/board.server";
import { readCustomerBalances } from "~/queries/staff/customer-balances.server";
import { customerSorts, readCustomerList } from "~/queries/staff/customer-list.server";
import { readCustomerOrders } from "~/queries/staff/customer-orders.server";
import { readCustomerRecord } from "~/queries/staff/customer-record.server";
import { estimateSorts, readEstimateList, readEstimatesOf, readEstimatesOfCustomer } from "~/queries/staff/estimate-list.server";
import { readDeferredWork, readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { findUnits } from "~/queries/staff/find-units.server";
import { countOpenDefects, readInspectionList, readPartTrend } from "~/queries/staff/inspection-list.server";
import { invoiceSorts, readInvoiceList, readReceivables } from "~/queries/staff/invoice-list.server";
import { readJournal } from "~/queries/staff/journal.server";
import { readMailHistory, splitByFault } from "~/queries/staff/mail-history.server";
import { orderSorts, readOrderList } from "~/queries/staff/order-list.server";
import { readOrderRecord } from "~/queries/staff/order-record.server";
import { readReadyToInvoice } from "~/queries/staff/ready-to-invoice.server";
import { readRecordMails } from "~/queries/staff/record-mails.server";
import { readSearch } from "~/queries/staff/search.server";
import { readUnbilledWork } from "~/queries/staff/unbilled-work.server";
import { readUnitList, unitSorts } from "~/queries/staff/unit-list.server";
import { readUnitMeters } from "~/queries/staff/unit-meters.server";
import { readUnitRecord } from "~/queries/staff/unit-record.server";
import { readVendorJobsOf, readVendorWork } from "~/queries/staff/vendor-work.server";
import { countVendorPortalJobs, readVendorPortalJob, readVendorPortalJobs } from "~/queries/vendor/jobs.server";
import { addJob, draftEstimate, offered, sendEstimate } from "./world/estimates";
import { testRequest } from "./world/request";
import { createWorld } from "./world/world";

type Db = ScopedDatabase<"staff">;
const NOW = toUtcMs(Date.parse("2030-03-01T09:00:00Z"));
const clock = { now: () => NOW };
type Ids = {
  order: ReturnType<typeof newId<"workOrder">>;
  asset: ReturnType<typeof newId<"asset">>;
  customer: ReturnType<typeof newId<"customer">>;
  inspection: Id<"inspection">;
};

const term = (text: string) => parseSearch(text) ?? expect.fail("nothing to search for");

/** The reads behind staff's pages. */
const pages: Record<string, (db: Db, ids: Ids) => Promise<unknown>> = {
  board: (db) => readBoard(db, NOW),
  "work orders": (db) => readOrderList(db, { filter: "current", query: "", after: null, me: newId("membership") }),
  "all work orders, next page": (db) => readOrderList(db, { filter: "all", query: "", after: [40, "wo_"], me: newId("membership") }),
  "a work order": (db, { order }) => readOrderRecord({ db, clock }, order),
  units: (db) => readUnitList(db, { filter: "all", query: "", after: null, customer: null }),
  "units, next page": (db) => readUnitList(db, { filter: "all", query: "", after: ["U-1", "ast_"], customer: null }),
  "a unit": (db, { asset }) => readUnitRecord(db, asset),
  "a unit's meters": (db, { asset }) => readUnitMeters(db, asset, { now: NOW }),
  "a unit's meters, older readings": (db, { asset }) => readUnitMeters(db, asset, { now: NOW, after: { at: NOW, source: "read by Owner", meter: "engine" } }),
  "a unit's maintenance": (db, { asset }) => readUnitMaintenance(db, asset, { now: NOW, zone: "UTC" }),
  "due maintenance": (db) => readMaintenanceList(db, { states: ["overdue", "due"] }),
  "due maintenance, next page": (db) => readMaintenanceList(db, { states: ["overdue", "due"], after: { state: "due", day: "2030-01-01", id: "sch_" } }),
  "maintenance by week": (db) => readMaintenanceDays(db, { from: "2000-01-01", to: "2030-04-12", today: "2030-03-01" }),
  "maintenance that waits": (db) => readWaitingMaintenance(db, 6),
  "units with due maintenance": (db) => readUnitList(db, { filter: "maintenance-due", query: "", after: null, customer: null }),
  "maintenance on an order": (db, { order }) => readServiceOf(db, order),
  "removed maintenance of a unit": (db, { asset }) => readRemovedSchedules(db, asset),
  "due on a unit": (db, { asset }) => readDueOf(db, asset),
  customers: (db) => readCustomerList(db, { filter: "all", query: "", after: null }),
  "a customer": (db, { customer }) => readCustomerRecord(db, customer),
  "a customer's orders": (db, { customer }) => readCustomerOrders(db, customer),
  "a customer's mail": (db) => readMailHistory(db, ["fleet@northline.test"]),
  "a record's mail": (db, { customer, order }) => readRecordMails(db, order, customer, "mayDocuments"),
  "which addresses get mail": (db) => splitByFault(db, ["fleet@northline.test"]),
  "a unit's trackers": (db, { asset }) => readAssetDevices(db, asset),
  inspections: (db) => readInspectionList(db, { filter: "all", query: "", after: null }),
  "inspections, next page": (db) => readInspectionList(db, { filter: "open", query: "", after: [NOW, newId("inspection")] }),
  "inspections by unit": (db) =>
    readInspectionList(db, { filter: "all", query: "", after: ["101", NOW, newId("inspection")], order: { by: "unit", direction: "asc" } }),
  "defects by part": (db) => readPartTrend(db, NOW),
  "open defects, in the menu": countOpenDefects,
  "open defects": (db) => readOpenDefects(db, null),
  "a unit's defects": (db, { asset }) => readWaitingDefects(db, asset),
  "a unit's inspections": (db, { asset }) => readInspectionsOf(db, asset),
  "an order's defects": (db, { order }) => readDefectsOfOrder(db, order),
  "an inspection": (db, { inspection }) => readReport(db, inspection),
  "the units' conditions": (db) => readConditions(db),
  "find a unit": (db) => findUnits(db, { query: "u-", only: null }),
  search: (db) => readSearch(db, { term: term("U-1"), now: NOW, withInvoices: true }),
  "search by digits": (db) => readSearch(db, { term: term("5550100"), now: NOW, withInvoices: true }),
  "canned jobs": readCannedJobs,
  journal: (db) => readJournal(db, { topic: null, before: null }),
};

/** A binding that keeps every statement that is prepared on it. */
function recorded(binding: D1Database, statements: string[]): D1Database {
  return new Proxy(binding, {
    get(target, name) {
      if (name === "prepare")
        return (sql: string) => {
          statements.push(sql);
          return target.prepare(sql);
        };
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

async function shopOf(units: number) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const customer = await shop.customer();
  const assets = [];
  const orders = [];
  const driver = await shop.driver({ customer });
  const inspections: Id<"inspection">[] = [];
  for (let n = 0; n < units; n++) {
    const asset = await shop.asset({ customer });
    assets.push(asset);
    inspections.push((await fileReport(shop, { customer, driver, asset, defects: [{}] })).id);
    orders.push(await shop.workOrder({ asset, customer }));
  }
  const staff = await shop.asStaff();
  const { db } = staff;
  // One that begins without a reading of the meter that its plan counts by.
  const [templateId, assetId = newId("asset")] = [newId("maintenanceTemplate"), assets[0]];
  await saveTemplate(staff, { id: templateId, form: form(), seen: 0 });
  await applyTemplate(staff, { templateId, assetIds: [assetId], start: { kind: "now" } });
  await recordMeterReading(staff, { assetId, meter: "odometer", displayValue: 100_000, source: "read by Owner" });
  const ids = {
    order: orders[0] ?? newId("workOrder"),
    asset: assets[0] ?? newId("asset"),
    customer: customer.id,
    inspection: inspections[0] ?? newId("inspection"),
  };
  return { scope: db.scope, ids };
}

describe("the reads behind the pages", async () => {
  const [small, large] = [await shopOf(2), await shopOf(60)];

  test.each(Object.entries(pages))("%s: as many statements for 60 units as for 2, at most ten, and no table is read from end to end", async (_name, read) => {
    const counts = [];
    for (const { scope, ids } of [small, large]) counts.push(await statementsOf(scope, (db) => read(db, ids)));
    expect(counts[0]).toBe(counts[1]);
    expect(counts[0]).toBeGreaterThan(0);
    expect(counts[0]).toBeLessThanOrEqual(10);
  });
});

type DocumentIds = {
  order: Id<"workOrder">;
  asset: Id<"asset">;
  customer: Id<"customer">;
  estimate: Id<"estimate">;
  invoice: Id<"invoice">;
  vendor: Id<"vendor">;
  job: Id<"vendorJob">;
  me: Id<"membership">;
};

/** The reads behind the pages of documents and outside work, by audience. */
const documentPages: { [F in "staff" | "customer" | "vendor"]: Record<string, (db: ScopedDatabase<F>, ids: DocumentIds) => Promise<unknown>> } = {
  staff: {
    estimates: (db) => readEstimateList(db, { filter: "all", query: "", after: null, today: "2030-03-01" }),
    "estimates, next page": (db) => readEstimateList(db, { filter: "all", query: "", after: [40, "est_"], today: "2030-03-01" }),
    "an estimate": (db, { estimate }) => readEstimateRecord({ db, clock }, estimate),
    "its messages": (db, { estimate }) => readMessages(db, estimate),
    "an order's estimates": (db, { order }) => readEstimatesOf(db, order),
    "a customer's estimates": (db, { customer }) => readEstimatesOfCustomer(db, customer),
    "a unit's deferred work": (db, { asset }) => readDeferredWork(db, asset),
    "the order that an estimate changes": (db, { order }) => offeredOrder(db).find(order),
    "the shop's rates of all time": findRates,
    invoices: (db) => readInvoiceList(db, { filter: "all", query: "", after: null, now: NOW }),
    "an invoice": (db, { invoice }) => readInvoiceRecord(db, invoice, NOW),
    "an order's invoices": (db, { order }) => readInvoicesOfOrder(db, order, NOW),
    "invoices, searched": (db) => readInvoiceList(db, { filter: "all", age: "31-60", query: "PO 7", after: null, now: NOW }),
    receivables: (db) => readReceivables(db, NOW),
    "balances by customer": (db) => readCustomerBalances(db, { now: NOW, after: null }),
    "unbilled work": (db) => readUnbilledWork(db, null),
    "ready to invoice": readReadyToInvoice,
    "a customer's account": (db, { customer }) => readAccount(db, customer, { now: NOW, before: null }),
    "vendor work": (db) => readVendorWork(db, { filter: "all", query: "", before: null }),
    "a vendor's job": (db, { job }) => readVendorJobRecord(db, job, NOW),
    "an order's outside work": (db, { order }) => readVendorJobsOf(db, order),
    "a vendor's month": (db, { vendor }) => readVendorMonth(db, vendor, NOW),
    "vendor directory": readVendors,
    "a vendor": (db, { vendor }) => readVendor(db, vendor),
    "the bell": (db, { me }) => countUnseen({ db, clock: { now: () => NOW } }, me),
  },
  customer: {
    "own estimates": (db) => readPortalEstimates(db, null),
    "an own estimate": (db, { estimate }) => readPortalEstimate(db, estimate, null),
    "own invoices": (db) => readPortalInvoices(db, { filter: "all", before: null, now: NOW }),
    "an own invoice": (db, { invoice }) => readPortalInvoice(db, invoice, NOW),
    "own figures": (db) => readPortalBalance(db, NOW),
    "own orders": (db) => readPortalOrders(db, { now: NOW }),
    "an own unit's deferred work": (db, { asset }) => readPortalDeferredWork(db, asset),
    "the own order that an answer changes": (db, { order }) => offeredOrder(db).find(order),
    "an own order": (db, { order }) => readPortalOrder(db, order),
    "an own unit's history": (db, { asset }) => readPortalHistory(db, { id: asset, kind: "truck" }, null),
  },
  vendor: {
    "own jobs": (db) => readVendorPortalJobs(db, "pending", null),
    "own jobs, counted": countVendorPortalJobs,
    "an own job": (db, { job }) => readVendorPortalJob(db, job),
  },
};

/** A shop with so many units, each with a sent estimate, an issued invoice and a job at a vendor. */
async function documentsOf(units: number) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const customer = await shop.customer();
  const staff = await shop.asStaff();
  const [vendor, email] = [newId("vendor"), `desk@${shop.id.slice(-8)}.test`];
  await saveVendor(staff, {
    id: vendor,
    form: { ...noTerms, name: "Gearworks", phone: "", email, portalEnabled: true, monthlyBudget: "5000" },
    version: null,
    plan: "pro-plus",
  });
  const assignment = { title: "Rebuild", instructions: "", dueDay: null, notToExceed: null, needsEstimate: true, sharesCustomer: false };
  const part = { kind: "part" as const, partNumber: null, quantity: toQuantity(1_000), each: toCents(100_00), cost: null, supplies: false };
  let documentIds: DocumentIds | undefined;
  for (let n = 0; n < units; n++) {
    const asset = await shop.asset({ customer });
    const order = await shop.workOrder({ asset, customer });
    const [invoice, job] = [newId("invoice"), newId("vendorJob")];
    const brakes = await addJob(staff, order, { lines: [{ ...part, id: newId("line"), text: "Drum" }] });
    const estimate = await draftEstimate(staff, order, [offered(brakes)], { validThrough: "2030-03-20" });
    await sendEstimate(staff, estimate);
    await assignVendor(staff, {
      id: job,
      workOrderId: order,
      vendorId: vendor,
      assignment,
      lineId: null,
      pricedElsewhere: false,
      earlierId: null,
      plan: "pro-plus",
    });
    const billed = await shop.workOrder({ asset, customer });
    const done = {
      id: newId("job"),
      complaint: "Leak",
      cause: "",
      correction: "Done",
      vmrs: null,
      technician: null,
      lines: [{ ...part, id: newId("line"), text: "Hose" }],
    };
    await changeWorkOrder(staff, billed, { intent: "save-job", seen: 1, job: done });
    await changeWorkOrder(staff, billed, { intent: "move", seen: 9, to: "in-progress", holdReason: null });
    await runOrderCommand(staff, billed, { intent: "move", seen: 9, to: "completed", holdReason: null });
    await draftInvoice(staff, { id: invoice, customerId: customer.id, orders: [billed] });
    await issueInvoice(staff, invoice, { terms: "net-30" });
    documentIds ??= { order, asset, customer: customer.id, estimate, invoice, vendor, job, me: newId("membership") };
  }
  await world.drainOutbox(shop);
  if (!documentIds) throw new Error("a shop without units has no documents");
  const ofVendor = world.context.servicesFor(fromSession((await shop.session(email, "vendor")).session, testRequest)).db.scope;
  return { ids: documentIds, scopes: { staff: staff.db.scope, customer: (await shop.as(customer)).db.scope, vendor: ofVendor } };
}

describe("the reads behind the pages of documents and outside work", async () => {
  const [small, large] = [await documentsOf(1), await documentsOf(5)];

  for (const portal of ["staff", "customer", "vendor"] as const) {
    test.each(Object.entries(documentPages[portal]))(
      `${portal}, %s: as many statements for 5 units as for 1, at most fourteen, and no table is read from end to end`,
      async (_name, read) => {
        const counts = [];
        for (const { scopes, ids } of [small, large]) {
          // Each portal's reads take that portal's database.
          counts.push(await statementsOf(scopes[portal], (db) => (read as (db: unknown, ids: DocumentIds) => Promise<unknown>)(db, ids)));
        }
        expect(counts[0]).toBe(counts[1]);
        expect(counts[0]).toBeGreaterThan(0);
        expect(counts[0]).toBeLessThanOrEqual(14);
      },
    );
  }
});

/** How many statements a read takes; none of them may scan. It must find what it looks for. */
async function statementsOf<F extends Portal>(scope: Scope<F>, read: (db: ScopedDatabase<F>) => Promise<unknown>): Promise<number> {
  const statements: string[] = [];
  expect(await read(scopedDatabase(recorded(env.TENANTS, statements), scope))).not.toBeNull();
  for (const sql of statements) expect(await scansOf(sql), sql).toEqual([]);
  return statements.length;
}

describe("lists in each order that they offer", async () => {
  const { scope } = await shopOf(1);
  const me = newId("membership");
  const all = { filter: "all" as const, query: "", customer: null, me, now: NOW, today: "2030-03-01" };
  const lists: [string, readonly string[], (db: Db, order: never, after: Place | null) => Promise<unknown>][] = [
    ["orders", orderSorts, (db, order, after) => readOrderList(db, { ...all, order, after })],
    ["estimates", estimateSorts, (db, order, after) => readEstimateList(db, { ...all, order, after })],
    ["invoices", invoiceSorts, (db, order, after) => readInvoiceList(db, { ...all, order, after })],
    ["units", unitSorts, (db, order, after) => readUnitList(db, { ...all, order, after })],
    ["inspections", inspectionSorts, (db, order, after) => readInspectionList(db, { ...all, order, after })],
    ["customers", customerSorts, (db, order, after) => readCustomerList(db, { ...all, order, after })],
  ];
  const cases = lists.flatMap(([name, sorts, read]) => sorts.flatMap((by) => (["asc", "desc"] as const).map((direction) => ({ name, by, direction, read }))));

  test.each(cases)("$name by $by, $direction: rows come in their order from an index, also on later pages", async ({ by, direction, read }) => {
    for (const after of [null, [1, "x"]]) {
      const statements: string[] = [];
      await read(scopedDatabase(recorded(env.TENANTS, statements), scope), { by, direction } as never, after);
      const listed = statements.find((sql) => sql.includes("json_array")) ?? expect.fail("no list");
      expect((await planOf(listed)).filter((detail) => /TEMP B-TREE FOR ORDER BY/.test(detail))).toEqual([]);
    }
  });
});

test("reports a read without an index", async () => {
  expect(await scansOf("select * from work_orders where title = ?")).toEqual([expect.stringContaining("SCAN work_orders")]);
});

/** Base tables that SQLite would read whole. Rows of an organization by its index are what a filter over a shop's own list costs. */
/** Rows of json_each and of a chain of corrections are few, and in no table. */
const scansOf = async (sql: string): Promise<string[]> =>
  (await planOf(sql)).filter((detail) => /^SCAN (?!CONSTANT|json_each|(back|later)$|\(subquery)/.test(detail));

async function planOf(sql: string): Promise<string[]> {
  const blanks = (sql.match(/\?/g) ?? []).map(() => null);
  const { results } = await env.TENANTS.prepare(`explain query plan ${sql}`)
    .bind(...blanks)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}
