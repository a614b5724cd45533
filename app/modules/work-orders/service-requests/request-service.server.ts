import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { type Clock, dayOf } from "~/kernel/time";
import { meterOf } from "~/modules/assets/meters/meter";
import { takenReadingRows } from "~/modules/assets/meters/meter-readings.step.server";
import { shownValue } from "~/modules/assets/meters/record-meter-reading.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import { exceededQuota, type OverQuota } from "~/platform/http/quotas.server";
import { checkRequest, MOST_JOINED, type RequestForm, titleOf, withJoined } from "./service-request";
import { serviceRequestStore } from "./service-request.store.server";

type Needs = { db: ScopedDatabase<"customer">; directory: Directory; clock: Clock };
type Asking = { id: Id<"workOrder">; assetId: Id<"asset">; form: RequestForm };
export type RequestRefusal = { kind: "invalid"; fields: Record<string, string> } | { kind: "no-such-unit" } | OverQuota | IdTaken;

/**
 * Creates a draft work order from a customer's service request, which the shop then opens; a request on a fault for
 * which one is open already joins that. Submitted twice, it is one. The shop is notified by the time this returns.
 */
export async function requestService(s: Needs, { id, assetId, form }: Asking): Promise<Result<{ orderId: Id<"workOrder"> }, RequestRefusal>> {
  const store = serviceRequestStore(s.db);
  const unit = await store.unit(assetId);
  if (!unit) return err({ kind: "no-such-unit" });
  const now = s.clock.now();
  const { zone, distanceUnit } = s.db.scope.organization;
  const checked = checkRequest(form, { meter: meterOf[unit.kind], unit: distanceUnit, today: dayOf(now, zone) });
  if (!checked.ok) return err({ kind: "invalid", fields: checked.error });
  // Each request is a card on the shop's board and a mail.
  const over = await exceededQuota(s, "mail");
  if (over) return err(over);
  const { actor } = s.db.scope;
  const { complaint, ...asked } = checked.value;
  const read = asked.reading;
  const taken = read && { meter: read.meter, shown: shownValue(read.meter, read.displayValue, read.unit), receivedValue: read.displayValue };
  const reading = taken && { ...taken, assetId, at: now, source: `reported by ${actor.name}`, receivedUnit: taken.meter === "odometer" ? read.unit : "h" };
  const job = { id: newId("job", now), position: 1, complaint: complaint, cause: "", correction: "", vmrs: null, technician: null, lines: [], version: 1 };
  const readings = await takenReadingRows(s.db, reading ? [reading] : [], id, now);
  const its = { id, by: actor.name, at: now, complaint, urgency: asked.urgency };
  for (let open = asked.fault ? await store.openFor(assetId, asked.fault) : null; open !== null; open = await store.openFor(assetId, asked.fault ?? "")) {
    const joined = open.request.joined ?? [];
    if (joined.some((one) => one.id === id)) return ok({ orderId: open.id });
    if (open.id === id || joined.length >= MOST_JOINED) break;
    const saved = await store.join(open, withJoined(open.request, its, asked.preferredDay), its, readings);
    if (saved.ok) return ok({ orderId: open.id });
  }
  const request = { by: actor.name, ...asked };
  const created = await store.create(
    {
      id,
      title: titleOf(complaint),
      assetId,
      customerId: store.customerId,
      state: "draft",
      lead: null,
      promisedAt: null,
      purchaseOrder: null,
      request,
      jobs: [job],
    },
    readings,
    now,
  );
  return created.ok ? ok({ orderId: id }) : created;
}
