import { type Id, newId } from "~/kernel/ids";
import { type Plan, planIncludesPortal } from "~/kernel/plans";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { copyFiles } from "~/modules/attachments/copy-files.server";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { placeSublet } from "~/modules/work-orders/lines/sublet-line";
import type { Order } from "~/modules/work-orders/order";
import { findOrder, orderRows } from "~/modules/work-orders/order-rows.step.server";
import { canEdit } from "~/modules/work-orders/work-order";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Change, decide, type Refusal } from "../decide";
import { outsideOrderStore } from "../outside-order.store.server";
import type { Assignment, VendorJob } from "../vendor-job";
import { mailEffect } from "../vendor-job.effects";
import { vendorJobStore } from "../vendor-job.store.server";
import { addOrderPhotos } from "./add-order-photos.server";
import { describeAsked } from "./asked-lines";

type Needs = { db: ScopedDatabase<"staff">; clock: Clock };
type Assigning = {
  id: Id<"vendorJob">;
  workOrderId: Id<"workOrder">;
  vendorId: Id<"vendor">;
  assignment: Assignment;
  /** The order's line that it is for; null for a new one. A replacement keeps the line of the assignment before it. */
  lineId: Id<"line"> | null;
  /** Other lines that say what is asked. A replacement keeps those of the assignment before it. */
  askedLines?: readonly Id<"line">[];
  /** Photos already on the order, or on its lines, that the vendor gets. */
  photos?: readonly Id<"attachment">[];
  /** The shop priced the work in other lines, so a new line costs the customer nothing. */
  pricedElsewhere: boolean;
  /** The declined or recalled assignment that this one replaces. */
  earlierId: Id<"vendorJob"> | null;
  plan: Plan;
};
const ATTEMPTS = 5;

export type AssignRefusal = Refusal | { kind: "plan" } | { kind: "no-vendor" };

/**
 * Sends outside work to a vendor: to its portal, or by mail and phone if it has none. Without a limit of its own it
 * gets the vendor's usual limit. A replacement also gets the shop's files of the earlier assignment. Submitted twice,
 * it is one assignment. The caller drains the outbox.
 */
export async function assignVendor(s: Needs, asking: Assigning, attempt = 1): Promise<Result<null, AssignRefusal>> {
  const { id, workOrderId, vendorId, assignment, earlierId, plan } = asking;
  const store = vendorJobStore(s.db);
  const sent = await store.find(id);
  const asked = { workOrderId, vendorId, earlierId, title: assignment.title };
  if (sent) return isSame(sent, asked) ? withFiles(s, sent, asking.photos) : err({ kind: "not-found" });
  if (!planIncludesPortal(plan, "vendor")) return err({ kind: "plan" });
  const place = await outsideOrderStore(s.db).place(workOrderId, vendorId);
  if (!place) return err({ kind: "not-found" });
  const open = canEdit(place.order.state);
  if (open !== true) return err({ kind: "not-allowed", message: open });
  if (!place.vendor) return err({ kind: "no-vendor" });
  const earlier = earlierId ? await before(s, place.vendor.name, earlierId, workOrderId, id) : ok(null);
  if (!earlier.ok) return earlier;
  const order = await findOrder(s.db, workOrderId);
  if (!order) return err({ kind: "not-found" });
  const line = lineFor(order, asking.lineId, earlier.value?.job ?? null);
  if (line === "taken") return err({ kind: "not-allowed", message: "That line is with another vendor already." });
  const now = s.clock.now();
  const lineId = line ?? newId("line", now);
  const placed = placeSublet(order, { lineId, jobId: newId("job", now), vendorJobId: id, text: assignment.title, pricedElsewhere: asking.pricedElsewhere });
  if (!placed.ok) return err(placed.error.kind === "not-allowed" ? placed.error : { kind: "stale" });
  const mailEvent = mailEffect(id, "assigned", 1, !place.vendor.portalEnabled);
  const askedLines = earlier.value?.job.askedLines ?? linesIn(order, asking.askedLines ?? [], lineId);
  const created = await store.create(
    {
      id,
      workOrderId,
      lineId,
      askedLines,
      lines: describeAsked(linesOf(order), [lineId, ...askedLines], assignment.title),
      vendorId,
      assignedBy: { id: s.db.scope.actor.id, name: s.db.scope.actor.name },
      assignment: { ...assignment, notToExceed: assignment.notToExceed ?? place.vendor.usualLimit },
    },
    place.vendor.name,
    now,
    [mailEvent],
    orderRows(s.db, order, placed.value, now),
    earlier.value,
  );
  // The order was canceled after it was read: refused again, with the reason.
  if (!created.ok && created.error.kind === "order-canceled") return assignVendor(s, asking);
  // The same form submitted twice at once: keep the first.
  const made = await store.find(id);
  // The order was changed after it was read.
  if (!made && !created.ok && attempt < ATTEMPTS) return assignVendor(s, asking, attempt + 1);
  if (!made) return created.ok ? created : err({ kind: "stale" });
  return isSame(made, asked) ? withFiles(s, made, asking.photos) : err({ kind: "not-found" });
}

/** The line that a job is for: the one before it had, the chosen one, or none; "taken" if another vendor has it. */
function lineFor({ jobs }: Order, chosen: Id<"line"> | null, earlier: VendorJob | null): Id<"line"> | null | "taken" {
  const lines = jobs.flatMap((job) => job.lines).filter(({ kind }) => kind === "outside");
  const before = earlier && lines.find(({ id }) => id === earlier.lineId);
  if (before) return before.vendorJobId === null || before.vendorJobId === earlier?.id ? before.id : "taken";
  const line = lines.find(({ id }) => id === chosen);
  return !line ? null : line.vendorJobId === null ? line.id : "taken";
}

type Asked = Pick<VendorJob, "workOrderId" | "vendorId" | "earlierId" | "title">;

const isSame = (made: VendorJob, asked: Asked): boolean =>
  made.workOrderId === asked.workOrderId && made.vendorId === asked.vendorId && made.earlierId === asked.earlierId && made.title === asked.title;

/** The lines of the order among these, without the one that the job is for. */
const linesIn = (order: Order, asked: readonly Id<"line">[], own: Id<"line">): Id<"line">[] =>
  linesOf(order).flatMap(({ id }) => (asked.includes(id) && id !== own ? [id] : []));

/** Copies the files, also on a repeat after the first attempt failed before copying. */
async function withFiles(s: Needs, { id, earlierId }: VendorJob, photos: readonly Id<"attachment">[] = []): Promise<Result<null, never>> {
  if (earlierId) await copyFiles(s, { kind: "vendorJob", id: earlierId }, { kind: "vendorJob", id });
  if (photos.length > 0) await addOrderPhotos(s, id, photos);
  return ok(null);
}

async function before(
  s: Needs,
  vendor: string,
  earlierId: Id<"vendorJob">,
  workOrderId: Id<"workOrder">,
  to: Id<"vendorJob">,
): Promise<Result<{ job: VendorJob; change: Change }, Refusal>> {
  const job = await vendorJobStore(s.db).find(earlierId);
  if (!job || job.workOrderId !== workOrderId) return err({ kind: "not-found" });
  const decided = decide(
    job,
    { intent: "reassign", to },
    { now: s.clock.now(), who: "staff", by: s.db.scope.actor.name, vendor, speaksFor: null, budgets: [], priceFixed: null, holdsOrder: false },
  );
  return decided.ok ? ok({ job, change: decided.value }) : decided;
}
