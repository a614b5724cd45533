import { eq } from "drizzle-orm";
import { type Id, newId } from "~/kernel/ids";
import { DAY, dayOf, HOUR, later, MINUTE } from "~/kernel/time";
import { assignVehicle } from "~/modules/assets/driver-vehicles.server";
import { recordMeterReading } from "~/modules/assets/meters/record-meter-reading.server";
import { customers } from "~/modules/customers/customer.tables";
import { inspectionEffects } from "~/modules/inspections/inspection.effects";
import { fileReport } from "~/modules/inspections/inspections.fixtures";
import { form } from "~/modules/maintenance/maintenance.fixtures";
import { applyTemplate } from "~/modules/maintenance/templates/apply-template.server";
import { saveTemplate } from "~/modules/maintenance/templates/save-template.server";
import { fleetSink } from "~/modules/telematics/fleet-sink.server";
import { effectRow } from "~/platform/database/journal.server";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { addBrowser } from "../../push";
import type { Stage } from "../stage";
import type { Play } from "../watch";

const ZONE = "Pacific/Chatham";
const offices = ["owner", "mara", "ned"];
/** Oil pressure below the severe limit: the engine must be stopped. */
const oil = { spn: 100, fmi: 1, occurrenceCount: 3 };

/** Drivers: `dan` reports, `dora` has the unit too, `doug` has another one; both have push on. */
export async function playUnits(it: Stage, { play, ignore }: Play): Promise<void> {
  const { world, shop, staff, asset, customer } = it;
  const today = () => dayOf(shop.now(), ZONE);
  const drivers = new Map<string, { id: Id<"driver">; name: string }>();
  for (const who of ["dan", "dora", "doug"]) {
    const email = await it.add(who, "driver");
    const driver = await shop.driver({ customer, email });
    drivers.set(who, driver);
    const unit = who === "doug" ? await shop.asset({ customer }) : asset;
    await assignVehicle(staff, { driverId: driver.id, assetId: unit, first: today(), last: null });
    if (who !== "dan") it.browsers.set(who, await addBrowser(world, shop, email, "driver"));
  }
  const driver = drivers.get("dan") as { id: Id<"driver">; name: string }; // added above
  await shop.db.batch([shop.db.update(customers, { dailyInspections: true }, eq(customers.id, customer.id))]);
  const sink = fleetSink(scopedDatabase(world.env.TENANTS, forJob(shop.id, "fleet-room")), async () => ZONE);
  const nothing = { odometerMeters: null, odometerAt: null, engineSeconds: null, engineAt: null, ignition: null, headingDegrees: null, faults: [] };
  const moves = (assetId: Id<"asset">) =>
    sink.keepLastSeen([
      { assetId, deviceId: "t1", seq: 1, recordedAt: shop.now(), latitude: 1, longitude: 1, speedMps: 0, lastMovedAt: shop.now(), ...nothing },
    ]);
  const put = (effect: ReturnType<typeof inspectionEffects.of>) => shop.db.batch([effectRow(shop.db, effect, shop.now())]);
  const report = async (severity: "safety" | "minor") => {
    const filed = await fileReport(shop, { customer, driver, asset, defects: [{ severity, note: "Cords show." }] });
    const happens = () => put(inspectionEffects.of("mail.inspection-defects", `mail.inspection-defects:${filed.id}`, { inspectionId: filed.id }));
    return { defect: filed.defects[0] ?? newId("defect"), happens };
  };
  const templateId = newId("maintenanceTemplate");
  await saveTemplate(staff, { id: templateId, form: form(), seen: 0 });
  const read = (displayValue: number, at = shop.now()) =>
    recordMeterReading(staff, { assetId: asset, meter: "odometer", displayValue, source: "read by Owner", at });
  await read(100_000, later(shop.now(), -10 * DAY));
  await applyTemplate(staff, { templateId, assetIds: [asset], start: { kind: "now" } });
  await ignore();

  const minor = await report("minor");
  await play({ happens: minor.happens, causes: ["staff inspection.defects: inspection-defects (mail.inspection-defects)"], responsible: offices });
  const unsafe = await report("safety");
  await play({
    happens: unsafe.happens,
    causes: [
      "staff inspection.safety: inspection-defects (mail.inspection-defects)",
      "customer defects: inspection-defects (mail.inspection-defects)",
      "driver defects: push (push.inspection-defects)",
    ],
    responsible: offices,
    drivers: ["dora"],
  });
  await play({
    happens: () => put(inspectionEffects.of("mail.defect-uncertified", `mail.defect-uncertified:${minor.defect}`, { defectId: minor.defect })),
    causes: ["staff inspection.uncertified: inspection-alert (mail.defect-uncertified)"],
    responsible: offices,
  });
  world.clock.pass(HOUR);
  await moves(asset);
  await play({
    happens: () => put(inspectionEffects.of("mail.unit-driven", `mail.unit-driven:${unsafe.defect}`, { defectId: unsafe.defect })),
    causes: ["staff inspection.driven: inspection-alert (mail.unit-driven)", "customer defects: inspection-alert (mail.unit-driven)"],
    responsible: offices,
  });
  const day = today();
  await play({
    happens: async () => {
      await moves(await shop.asset({ customer }));
      await put(inspectionEffects.of("mail.inspections-missing", `mail.inspections-missing:${customer.id}:${day}`, { customerId: customer.id, day }));
    },
    causes: ["staff inspection.missing: inspection-alert (mail.inspections-missing)"],
    responsible: offices,
  });
  await play({
    happens: () => sink.keepFaults([{ assetId: asset, fault: oil, openedAt: shop.now(), closedAt: null }]),
    causes: [
      "staff fault.critical: critical-fault (mail.critical-fault)",
      "customer faults: critical-fault (mail.critical-fault)",
      "driver faults: push (push.critical-fault)",
    ],
    responsible: offices,
    drivers: ["dan", "dora"].filter((who) => it.browsers.has(who)),
  });
  await play({
    happens: async () => {
      if (!(await read(105_100)).ok) throw new Error("not read");
    },
    causes: ["staff maintenance.due: maintenance-due (mail.maintenance-due)", "customer maintenance: maintenance-due (mail.maintenance-due)"],
    responsible: offices,
  });
  world.clock.pass(25 * HOUR - MINUTE);
  await play({ happens: async () => world.clock.pass(MINUTE), causes: ["staff digest: staff-digest (mail.staff-digest)"], person: "owner" });
}
