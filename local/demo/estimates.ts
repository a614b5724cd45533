import type { Id } from "~/kernel/ids";
import { type Cents, toCents } from "~/kernel/money";
import { DAY, dayOf, HOUR, later, type UtcMs } from "~/kernel/time";
import { everything } from "~/modules/customers/contacts/contact-rights";
import type { EstimateCommand } from "~/modules/estimates/command";
import { decide } from "~/modules/estimates/decide";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { lineIdsIn, type OfferedJob } from "~/modules/estimates/estimate-snapshot";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import { bindLines } from "~/modules/work-orders/lines/offer-lines";
import { offeredOrder } from "~/modules/work-orders/lines/offered-order.step.server";
import { newLine } from "~/modules/work-orders/lines/order-lines";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import { sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { harborParty, ridgeParty } from "./fleets";
import { demoId } from "./ids";
import { type DemoLine, demoLines, demoOptions, inOption, labor, part } from "./repairs";

type DemoOptions = { names: readonly string[]; preselected: string };
type DemoEstimate = {
  key: string;
  customer: string;
  unit: string;
  /** The number of its work order, whose first job is the first one here; without one a draft opens for the quote. */
  order?: number;
  title: string;
  note: string;
  insideNote: string;
  hoursAgo: number;
  deposit?: Cents;
  jobs: readonly { complaint: string; recommendation: string; together: boolean; options?: DemoOptions; lines: readonly DemoLine[] }[];
  state: "draft" | "sent" | { declinedBy: string; because: string };
};

const ZONE = "America/Chicago";

const estimates: Record<"harbor" | "ridge", readonly DemoEstimate[]> = {
  harbor: [
    {
      key: "clutch",
      customer: "northline",
      unit: "110",
      order: 1_010,
      title: "Clutch, flywheel and rear main seal",
      note: "The clutch slips under load and the flywheel is heat-checked. The seal can wait, but the gearbox is out now: later it is another day of labor.",
      insideNote: "Flywheel is in stock at the dealer in Gary, two days otherwise.",
      hoursAgo: 20,
      deposit: toCents(500_00),
      jobs: [
        {
          complaint: "Clutch slips in the upper gears",
          recommendation: "Replace clutch and flywheel as a set.",
          together: true,
          lines: [
            labor("Remove and refit transmission, replace clutch", 9.5),
            part("Clutch kit 15.5 in", "108935-82", 1, 1_184, 862),
            part("Flywheel", "A4720300205", 1, 742.5, 561),
          ],
        },
        {
          complaint: "Rear main seal weeps",
          recommendation: "Replace it while the transmission is out.",
          together: false,
          lines: [part("Rear main seal kit", "A4720110159", 1, 168.4, 104), labor("Replace rear main seal", 1.5)],
        },
      ],
      state: "sent",
    },
    {
      key: "steer",
      customer: "northline",
      unit: "105",
      title: "Steer axle: king pins and tires",
      note: "Found at the last service. The left king pin has play; the tires wear on the inside because of it.",
      insideNote: "",
      hoursAgo: 44,
      jobs: [
        {
          complaint: "Play in the left king pin",
          recommendation: "Replace both sides, then align. The right one is as old as the left.",
          together: false,
          options: { names: ["Left side only", "Both sides", "Both sides, new tires"], preselected: "Both sides" },
          lines: [
            labor("Three-axle alignment", 2),
            ...inOption("Left side only", labor("King pin, left side", 3.5), part("King pin kit", "R201333", 1, 214, 139.5)),
            ...inOption("Both sides", labor("King pins, both sides", 6), part("King pin kit", "R201333", 2, 214, 139.5)),
            ...inOption(
              "Both sides, new tires",
              labor("King pins, both sides, mount and balance tires", 7.5),
              part("King pin kit", "R201333", 2, 214, 139.5),
              part("Steer tire 295/75R22.5", "XZA3-29575", 2, 612, 468),
            ),
          ],
        },
      ],
      state: "sent",
    },
    {
      key: "windshield",
      customer: "northline",
      unit: "106",
      title: "Windshield",
      note: "A stone chip in the driver's sight has begun to run.",
      insideNote: "",
      hoursAgo: 190,
      jobs: [
        {
          complaint: "Crack in the windshield, driver's side",
          recommendation: "Replace before the next roadside inspection.",
          together: true,
          lines: [part("Windshield", "DW02040", 1, 389, 248), labor("Replace windshield", 2.2)],
        },
      ],
      state: { declinedBy: "Renee Okafor", because: "Our glass company does it next week." },
    },
    {
      key: "brakes",
      customer: "northline",
      unit: "101",
      title: "Rear brakes",
      note: "",
      insideNote: "Measure the drums before this goes out.",
      hoursAgo: 2,
      jobs: [
        {
          complaint: "Linings at 6 mm on the rear axle",
          recommendation: "Reline both rear axles.",
          together: false,
          lines: [labor("Reline rear brakes, both axles", 5), part("Brake shoe kit 4707Q", "KT4707QBA", 4, 96.5, 61)],
        },
      ],
      state: "draft",
    },
    {
      key: "bucket",
      customer: "summit",
      unit: "SG-1",
      title: "Air dryer and governor",
      note: "The dryer passes oil. It was rebuilt once already.",
      insideNote: "",
      hoursAgo: 26,
      jobs: [
        {
          complaint: "Oil in the air tanks",
          recommendation: "Replace dryer and governor.",
          together: true,
          lines: [part("Air dryer AD-9", "065225", 1, 478, 331), labor("Replace dryer and governor", 2)],
        },
      ],
      state: "sent",
    },
  ],
  ridge: [
    {
      key: "reefer",
      customer: "lakeshore",
      unit: "21",
      title: "Step and fuel tank straps",
      note: "The straps are rusted through at the rear.",
      insideNote: "",
      hoursAgo: 30,
      jobs: [
        {
          complaint: "Fuel tank sits loose",
          recommendation: "Replace both straps.",
          together: true,
          lines: [part("Tank strap", "A22-60931", 2, 74, 41), labor("Replace tank straps", 1.8)],
        },
      ],
      state: "sent",
    },
  ],
};

/** Estimates in the states worth showing, decided by the rules that decide the real ones. No mail goes out for them. */
export async function estimateDemo(db: ScopedDatabase<"job">, slug: "harbor" | "ridge", now: UtcMs): Promise<void> {
  const [store, orders] = [estimateStore(db), offeredOrder(db)];
  for (const it of estimates[slug]) {
    const id = demoId("estimate", `${slug} ${it.key}`);
    const writtenAt = later(now, -it.hoursAgo * HOUR);
    const validThrough = dayOf(later(writtenAt, 30 * DAY), ZONE);
    const workOrderId = await quotedOrder(db, slug, it, writtenAt);
    const found = async () => {
      const order = (await orders.find(workOrderId))?.order;
      if (!order) throw new Error(`the order of the demo's estimate ${it.key} is gone`);
      return order;
    };
    const { title, note, insideNote } = it;
    const order = await found();
    const jobs = order.jobs.map(({ id: jobId, lines }, at): OfferedJob => {
      const { recommendation = "", together = false } = it.jobs[at] ?? {};
      return { jobId, recommendation, together, lineIds: lines.map((line) => line.id) };
    });
    const bound = bindLines(order, id, lineIdsIn({ jobs }));
    if (!bound.ok) throw new Error(`the demo's estimate ${it.key}: ${JSON.stringify(bound.error)}`);
    const content = { title, note, insideNote, validThrough, deposit: it.deposit ?? null, jobs };
    await store.create(
      { id, assetId: order.assetId, customerId: order.customerId, workOrderId, content },
      orders.rowsOf(order, bound.value, writtenAt).rows,
      writtenAt,
    );

    const command = async (what: EstimateCommand, at: UtcMs) => {
      const [estimate, its] = [await store.find(id), await found()];
      if (!estimate) throw new Error(`the demo's estimate ${it.key} is gone`);
      const who = what.intent === "answer" ? ("customer" as const) : ("staff" as const);
      const decided = decide(estimate, what, { now: at, today: dayOf(at, ZONE), zone: ZONE, who, order: its, rights: everything, sha256 });
      if (!decided.ok) throw new Error(`the demo's estimate ${it.key}: ${JSON.stringify(decided.error)}`);
      const changes = decided.value.order ? orders.rowsOf(its, decided.value.order, at).rows : [];
      await store.save(estimate, decided.value, at, { changes });
    };
    if (it.state === "draft") continue;
    const by = slug === "harbor" ? "Joan Petrak" : "Noor Haddad";
    const { facts } = await store.about(order.assetId, order.customerId);
    await command(
      {
        intent: "send",
        seen: 1,
        total: null,
        by,
        facts: { ...facts, shop: slug === "harbor" ? harborParty : ridgeParty },
        photos: await store.photos(lineIdsIn({ jobs })),
      },
      later(writtenAt, HOUR / 2),
    );
    if (it.state === "sent") continue;
    const { declinedBy, because } = it.state;
    const from = { who: declinedBy, how: "portal", recordedBy: null, email: null, ip: "192.0.2.24", userAgent: null } as const;
    await command(
      { intent: "answer", revision: 1, answer: { choice: { kind: "decline" }, note: because, purchaseOrder: "", notToExceed: null, drawn: null }, from },
      later(writtenAt, 5 * HOUR),
    );
  }
}

/** The order whose lines are offered: the one it is for, or a draft opened for the quote. Jobs that it lacks are added. */
async function quotedOrder(db: ScopedDatabase<"job">, slug: "harbor" | "ridge", it: DemoEstimate, at: UtcMs): Promise<Id<"workOrder">> {
  const id = demoId("workOrder", `${slug} ${it.order ?? `quote ${it.key}`}`);
  const drafts = it.jobs.map(({ complaint, lines, options }, place) => ({
    id: demoId("job", `${slug} estimate ${it.key} ${place}`),
    complaint,
    cause: "",
    correction: "",
    vmrs: null,
    technician: null,
    ...(options ? { options: demoOptions(`${slug} estimate ${it.key} ${place}`, options.names, options.preselected) } : {}),
    lines: demoLines(`${slug} estimate ${it.key} ${place}`, lines),
  }));
  const [first, ...others] = drafts;
  if (!first) throw new Error(`the demo's estimate ${it.key} has no job`);
  const clock = { now: () => at };
  if (!it.order) {
    const order = { id, title: it.title, assetId: demoId("asset", `${slug} ${it.unit}`), customerId: demoId("customer", `${slug} ${it.customer}`) };
    const facts = { state: "draft", lead: null, promisedAt: null, purchaseOrder: null, request: null } as const;
    await workOrderStore(db).create(
      { ...order, ...facts, jobs: [{ ...first, lines: first.lines.map((line) => newLine(line, 1)), position: 1, version: 1 }] },
      at,
    );
  }
  for (const job of others) {
    const added = await changeWorkOrder({ db, clock }, id, { intent: "save-job", seen: 0, job });
    if (!added.ok) throw new Error(`the demo's estimate ${it.key}: ${JSON.stringify(added.error)}`);
  }
  return id;
}
