import { asc, eq, inArray } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { toBasisPoints, toCents } from "~/kernel/money";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { changeShopRules } from "~/modules/organizations/shop-rules/change-shop-rules.server";
import { firstRules } from "~/modules/organizations/shop-rules/shop-rules";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { vendorJobs } from "~/modules/vendor-jobs/vendor-job.tables";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { workOrderJobs, workOrderLines, workOrders } from "~/modules/work-orders/work-order.tables";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { createWorld } from "../world";
import type { KnownLine, Place, Rules } from "./model";

/** Shops with every rule for what nobody authorized, and both kinds of supplies. */
const rulesOfShops: readonly Rules[] = [
  { name: "asks for a reason", partsTax: 10, outsideTax: 0, supplies: { rate: 8, cap: 15_00 }, standing: null, over: "ask" },
  { name: "standing sum", partsTax: 7, outsideTax: 7, supplies: { flat: 12_00 }, standing: 800_00, over: "warn" },
  { name: "blocks", partsTax: 0, outsideTax: 10, supplies: { rate: 5, cap: 9_99 }, standing: null, over: "block" },
];

const asShopRules = ({ partsTax, outsideTax, supplies, standing, over }: Rules) => ({
  ...firstRules,
  tax: { ...firstRules.tax, parts: toBasisPoints(partsTax * 100), outside: toBasisPoints(outsideTax * 100) },
  supplies:
    "flat" in supplies
      ? { kind: "flat" as const, amount: toCents(supplies.flat), taxed: true }
      : { kind: "share" as const, of: "labor" as const, rate: toBasisPoints(supplies.rate * 100), most: toCents(supplies.cap), taxed: true },
  ...(standing === null ? {} : { standingMost: toCents(standing) }),
  overRule: over,
});

type Answer = typeof changeEstimate;

/** The shops of a run, each with two customers and two vendors that the shop answers for. `answer` takes what customers answer. */
export async function repairShops(answer: Answer = changeEstimate) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  return Promise.all(rulesOfShops.map((rules) => repairShop(world, rules, answer)));
}

async function repairShop(world: Awaited<ReturnType<typeof createWorld>>, rules: Rules, answer: Answer) {
  const shop = await world.shop();
  const staff = await shop.asStaff();
  await changeShopRules(staff, { seen: 0, rules: asShopRules(rules) });
  const customers = [await shop.customer(), await shop.customer()].map(({ id }) => id);
  const vendors: Id<"vendor">[] = [];
  for (const name of ["Gearworks", "Coolant"]) {
    const id = newId("vendor");
    const saved = await saveVendor(staff, { id, form: { ...noTerms, name, phone: "", email: "", portalEnabled: false }, version: null, plan: "pro-plus" });
    if (!saved.ok) throw new Error(`${name} was not saved`);
    vendors.push(id);
  }
  const { db } = staff;
  return {
    rules,
    staff,
    answer,
    clock: world.clock,
    customers,
    vendors,
    newUnit: async (customer: Id<"customer">) => shop.asset({ customer: { id: customer, email: "" } }),

    /** Services of the hourly job. */
    job: { db: scopedDatabase(world.env.TENANTS, forJob(shop.id, "Automatic")), clock: world.clock, zone: "Pacific/Chatham" },

    /** The order that took over another one's work, with its jobs and lines in their order. */
    async copiesOf(known: readonly Id<"workOrder">[], from: Id<"workOrder">) {
      const [w, j, l] = [workOrders, workOrderJobs, workOrderLines];
      const [source] = await db.query({ from: w, columns: { asset: w.assetId }, where: eq(w.id, from), limit: 1 });
      if (!source) throw new Error(`order ${from} is lost`);
      const all = await db.query({ from: w, columns: { id: w.id }, where: eq(w.assetId, source.asset), orderBy: [asc(w.number)], limit: 100 });
      const order = all.find(({ id }) => !known.includes(id))?.id;
      if (!order) throw new Error(`order ${from} was not copied`);
      const jobs = await db.query({ from: j, columns: { id: j.id }, where: eq(j.workOrderId, order), orderBy: [asc(j.position)], limit: 100 });
      const lines = await db.query({
        from: l,
        columns: { id: l.id },
        join: [[j, eq(j.id, l.jobId)]],
        where: eq(l.workOrderId, order),
        orderBy: [asc(j.position), asc(l.position)],
        limit: 200,
      });
      return { order, jobs: jobs.map(({ id }) => id), lines: lines.map(({ id }) => id) };
    },

    /** Where the database has these lines. */
    async placesOf(lines: readonly KnownLine[]): Promise<(line: KnownLine) => Place> {
      const l = workOrderLines;
      const ids = lines.map(({ id }) => id);
      const rows = await db.query({ from: l, columns: { id: l.id, order: l.workOrderId, job: l.jobId }, where: inArray(l.id, ids), limit: 1_000 });
      return ({ id }) => {
        const place = rows.find((row) => row.id === id);
        if (!place) throw new Error(`line ${id} is lost`);
        return place;
      };
    },

    async newestSubmission(id: Id<"vendorJob">): Promise<number> {
      return (await vendorJobStore(db).find(id))?.invoices.at(-1)?.submission ?? 0;
    },

    /** The line of a vendor job, and the job of the order that it is on. */
    async subletOf(id: Id<"vendorJob">): Promise<{ line: Id<"line">; job: Id<"job"> | null }> {
      const [row] = await db.query({ from: vendorJobs, columns: { line: vendorJobs.lineId }, where: eq(vendorJobs.id, id), limit: 1 });
      if (!row) throw new Error(`vendor job ${id} is lost`);
      const [its] = await db.query({ from: workOrderLines, columns: { job: workOrderLines.jobId }, where: eq(workOrderLines.id, row.line), limit: 1 });
      return { line: row.line, job: its?.job ?? null };
    },
  };
}
export type RepairShop = Awaited<ReturnType<typeof repairShop>>;
