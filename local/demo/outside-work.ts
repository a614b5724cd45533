import { toCents, toQuantity } from "~/kernel/money";
import { DAY, dayOf, HOUR, later, type UtcMs } from "~/kernel/time";
import { decide, type VendorJobCommand } from "~/modules/vendor-jobs/decide";
import type { VendorChargeLine } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { lifeCycle } from "~/modules/vendor-jobs/job-states";
import { outsideOrderStore } from "~/modules/vendor-jobs/outside-order.store.server";
import { whyPriceFixed } from "~/modules/vendor-jobs/price-fixed";
import { subletLine, withLine } from "~/modules/vendor-jobs/sublet-line.step.server";
import { vendorJobJournal } from "~/modules/vendor-jobs/vendor-job.journal";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { placeSublet } from "~/modules/work-orders/lines/sublet-line";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import { eventColumns } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { demoId } from "./ids";

type DemoMessage = { from: "staff" | "vendor"; text: string; hoursAgo: number };
type DemoJob = {
  key: string;
  vendor: string;
  order: number;
  title: string;
  instructions: string;
  hoursAgo: number;
  dueInDays: number | null;
  /** In whole units of the currency. */
  limit: number | null;
  needsEstimate: boolean;
  /** The job whose place it took. */
  instead?: string;
  /** What happened after it was sent, one step every few hours. */
  steps: readonly VendorJobCommand[];
  messages?: readonly DemoMessage[];
};

const ZONE = "America/Chicago";
const line = (kind: VendorChargeLine["kind"], text: string, quantity: number, each: number): VendorChargeLine => ({
  kind,
  text,
  quantity: toQuantity(Math.round(quantity * 1_000)),
  each: toCents(Math.round(each * 100)),
});
const charges = (note: string, ...lines: VendorChargeLine[]) => ({ lines, note });

const rebuild = [line("labor", "Rebuild, bench test", 14, 110), line("part", "Synchronizers and bearings", 1, 1_180)];

const jobs: Record<"harbor" | "ridge", readonly DemoJob[]> = {
  harbor: [
    {
      key: "rebuild-declined",
      vendor: "coolant",
      order: 1_008,
      title: "Rebuild the transmission",
      instructions: "Shudder in 8th under load. Transmission is out and on a pallet. Tell us before you open the range section.",
      hoursAgo: 150,
      dueInDays: 3,
      limit: 3_200,
      needsEstimate: true,
      steps: [{ intent: "decline", reason: "We do not do transmissions. Try Gearworks." }],
    },
    {
      key: "rebuild",
      vendor: "gearworks",
      order: 1_008,
      title: "Rebuild the transmission",
      instructions: "Shudder in 8th under load. Transmission is out and on a pallet. Tell us before you open the range section.",
      hoursAgo: 140,
      dueInDays: 3,
      limit: 3_200,
      needsEstimate: true,
      instead: "rebuild-declined",
      steps: [
        { intent: "accept" },
        { intent: "submit-estimate", charges: charges("Includes a new input shaft.", ...rebuild, line("part", "Input shaft", 1, 640)) },
        { intent: "decline-estimate", revision: 1, feedback: "The input shaft measured fine here. Please leave it out." },
        { intent: "submit-estimate", charges: charges("Without the shaft.", ...rebuild) },
        { intent: "approve-estimate", revision: 2, override: "" },
        { intent: "complete", note: "Bench tested, 40 minutes in every gear." },
        {
          intent: "submit-invoice",
          reference: "GW-20418",
          charges: charges("The oil cooler lines had to be flushed too.", ...rebuild, line("fee", "Flush cooler lines", 1, 95)),
        },
      ],
      messages: [
        { from: "vendor", text: "Range section looks worn as well. Do you want us to open it?", hoursAgo: 70 },
        { from: "staff", text: "Open it, but call before you order anything for it.", hoursAgo: 69 },
        { from: "vendor", text: "Opened. It is fine, we closed it again.", hoursAgo: 50 },
      ],
    },
    {
      key: "flywheel",
      vendor: "gearworks",
      order: 1_010,
      title: "Resurface the flywheel",
      instructions: "Heat-checked. Cut it if it stays above minimum, otherwise tell us the measure.",
      hoursAgo: 4,
      dueInDays: 2,
      limit: 350,
      needsEstimate: true,
      steps: [],
    },
    {
      key: "axle",
      vendor: "gearworks",
      order: 1_013,
      title: "Check the rear differential",
      instructions: "Whine on coast. Look and tell.",
      hoursAgo: 420,
      dueInDays: null,
      limit: null,
      needsEstimate: false,
      steps: [
        { intent: "accept" },
        { intent: "complete", note: "Backlash within limits. Pinion bearing is beginning to go." },
        { intent: "submit-invoice", reference: "GW-20377", charges: charges("", line("labor", "Inspect differential", 1.5, 110)) },
        { intent: "approve-invoice", submission: 1, varianceReason: "", override: "", markup: null, entryId: demoId("entry", "harbor axle") },
      ],
    },
    {
      key: "pump",
      vendor: "coolant",
      order: 1_006,
      title: "Rebuild the water pump",
      instructions: "Seal weeps from the tell-tale hole. Pump is off, housing looks good.",
      hoursAgo: 30,
      dueInDays: 1,
      limit: 700,
      needsEstimate: true,
      steps: [
        { intent: "accept" },
        {
          intent: "submit-estimate",
          charges: { ...charges("Two days.", line("labor", "Rebuild pump", 3, 98), line("part", "Seal and bearing kit", 1, 286.4)), tax: toCents(29_36) },
        },
      ],
    },
    {
      key: "head",
      vendor: "coolant",
      order: 1_009,
      title: "Pressure-test the cylinder head",
      instructions: "Injector cup leak at cylinder 4. Test all six and mark what leaks.",
      hoursAgo: 26,
      dueInDays: 4,
      limit: null,
      needsEstimate: true,
      steps: [{ intent: "accept" }],
    },
    {
      key: "axle-seals",
      vendor: "gearworks",
      order: 1_003,
      title: "Replace the axle shaft seals",
      instructions: "Hub and shafts are off. Press the new seals and check the bearing seats.",
      hoursAgo: 27,
      dueInDays: 2,
      limit: 600,
      needsEstimate: true,
      steps: [
        { intent: "accept" },
        { intent: "submit-estimate", charges: charges("", line("labor", "Press seals, both sides", 2.5, 110), line("part", "Seals", 2, 48)) },
        { intent: "approve-estimate", revision: 1, override: "" },
        { intent: "call-off", seen: 4, reason: "The leak was at the brake chamber. The seals are good.", pays: true, goesOn: null },
      ],
    },
    {
      key: "filter",
      vendor: "prairie",
      order: 1_005,
      title: "Bake and clean the particulate filter",
      instructions: "Filter is off, on the bench at the entrance. Clean, flow-test, and write down weight and flow.",
      hoursAgo: 5,
      dueInDays: 2,
      limit: 450,
      needsEstimate: true,
      steps: [{ intent: "accept" }],
    },
  ],
  ridge: [
    {
      key: "refrigerant",
      vendor: "dunes",
      order: 1_000,
      title: "Evacuate and refill the reefer",
      instructions: "Belt is done. Unit blows warm since.",
      hoursAgo: 6,
      dueInDays: 1,
      limit: 900,
      needsEstimate: true,
      steps: [],
    },
    {
      key: "shaft",
      vendor: "mesa",
      order: 1_001,
      title: "Balance the drive shaft",
      instructions: "Vibrates from 55. Carrier bearing is new.",
      hoursAgo: 3,
      dueInDays: 2,
      limit: null,
      needsEstimate: true,
      steps: [],
    },
  ],
};

/**
 * Work at the outside shops in the states worth showing, decided by the rules that decide the real ones; each step is
 * written by whoever takes it. No mail goes out for it.
 */
export async function outsideWorkDemo(asWrittenBy: (name: string) => ScopedDatabase<"job">, slug: "harbor" | "ridge", now: UtcMs): Promise<void> {
  const by = slug === "harbor" ? "Joan Petrak" : "Noor Haddad";
  const db = asWrittenBy(by);
  const store = vendorJobStore(db);
  const found = async (key: string) => {
    const job = await store.find(demoId("vendorJob", `${slug} ${key}`));
    if (!job) throw new Error(`the demo's outside work ${key} is gone`);
    return job;
  };
  const [orders, lines] = [workOrderStore(db), subletLine(db)];
  for (const it of jobs[slug]) {
    const id = demoId("vendorJob", `${slug} ${it.key}`);
    const vendorId = demoId("vendor", `${slug} ${it.vendor}`);
    const place = await outsideOrderStore(db).place(demoId("workOrder", `${slug} ${it.order}`), vendorId);
    if (!place?.vendor) throw new Error(`the demo's order ${it.order} or vendor ${it.vendor} is not there`);
    const { name: vendor, portalEnabled } = place.vendor;
    const sentAt = later(now, -it.hoursAgo * HOUR);
    const assignment = {
      title: it.title,
      instructions: it.instructions,
      dueDay: it.dueInDays === null ? null : dayOf(later(now, it.dueInDays * DAY), ZONE),
      notToExceed: it.limit === null ? null : toCents(it.limit * 100),
      needsEstimate: it.needsEstimate,
      sharesCustomer: false,
    };
    const command = async (key: string, what: VendorJobCommand, at: UtcMs) => {
      const job = await found(key);
      const order = await lines.load(job, what);
      const who = portalEnabled ? lifeCycle[what.intent].who : "staff";
      const decided = decide(job, what, {
        now: at,
        who,
        by: who === "vendor" ? vendor : by,
        vendor,
        speaksFor: portalEnabled ? null : vendor,
        budgets: [],
        priceFixed: order && whyPriceFixed(order, job.lineId),
        holdsOrder: false,
      });
      if (!decided.ok) throw new Error(`the demo's outside work ${key}: ${JSON.stringify(decided.error)}`);
      const next = withLine(decided.value.next, order, at);
      const changes = order ? lines.rowsOf(order, next, what, at) : [];
      return { job, change: { ...decided.value, next }, changes, writer: who === "vendor" ? vendorJobStore(asWrittenBy(vendor)) : store };
    };
    const earlier = it.instead ? await command(it.instead, { intent: "reassign", to: id }, sentAt) : null;
    const workOrderId = demoId("workOrder", `${slug} ${it.order}`);
    const order = (await orders.find(workOrderId))?.order;
    if (!order) throw new Error(`the demo's order ${it.order} is not there`);
    const lineId = earlier?.job.lineId ?? demoId("line", `${slug} ${it.key}`);
    const placed = placeSublet(order, { lineId, jobId: demoId("job", `${slug} ${it.key}`), vendorJobId: id, text: it.title, pricedElsewhere: false });
    const job = { id, workOrderId, lineId, askedLines: [], lines: [], vendorId, assignedBy: { id: "seed", name: by }, assignment };
    const created = await store.create(job, vendor, sentAt, [], placed.ok ? orders.rowsOf(order, placed.value, sentAt) : [], earlier);
    if (!created.ok) throw new Error(`the demo's outside work ${it.key}: ${created.error.kind}`);
    for (const [at, step] of it.steps.entries()) {
      // Spread over the time since it was sent; what was declined was so at once.
      const stepAt = later(sentAt, step.intent === "decline" ? HOUR : ((at + 1) * it.hoursAgo * HOUR) / (it.steps.length + 1));
      const { job: before, change, changes, writer } = await command(it.key, step, stepAt);
      await writer.save(before, change, stepAt, [], [], changes);
    }
    await db.batch(
      (it.messages ?? []).map(({ from, text, hoursAgo }, at) =>
        db.insert(journal, {
          recordKind: "vendor-message",
          recordId: demoId("event", `${slug} ${it.key} ${at}`),
          version: 1,
          at: later(now, -hoursAgo * HOUR),
          actor: { audience: from, id: "seed", name: from === "vendor" ? vendor : by },
          ...eventColumns(vendorJobJournal.of("vendor-message.written", { text })),
          about: id,
        }),
      ),
    );
  }
}
