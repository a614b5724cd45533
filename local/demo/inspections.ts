import type { Id } from "~/kernel/ids";
import { dayOf, HOUR, later, MINUTE, type UtcMs } from "~/kernel/time";
import { currentChecklist, type PartKey } from "~/modules/inspections/checklists/checklist";
import type { DefectProblem, DefectSeverity } from "~/modules/inspections/defects/defect";
import { followStates } from "~/modules/inspections/defects/defect-states.store.server";
import type { InspectionKind } from "~/modules/inspections/inspection";
import { inspectionJournal } from "~/modules/inspections/inspection.journal";
import { defectCertifications, defectReviews, inspectionDefects, inspectionPhotos, inspections } from "~/modules/inspections/inspection.tables";
import { newSha256 } from "~/platform/crypto.server";
import { eventColumns } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { attach } from "./attach";
import { truckPicture } from "./files";
import { demoId } from "./ids";

type Shop = { db: ScopedDatabase<"job">; now: UtcMs };
type Filed = {
  key: string;
  unit: string;
  kind: InspectionKind;
  hoursAgo: number;
  took?: number;
  miles: number;
  defects?: readonly { key: string; part: PartKey; problem: DefectProblem; note: string; severity: DefectSeverity; photos?: number }[];
  reviews?: readonly string[];
};
type Certified = { defect: string; unit: string; by: string; hoursAgo: number; reason: string };
type Drive = { driver: { key: string; name: string }; customer: string; reports: readonly Filed[]; certified: readonly Certified[] };

const drives: Record<"harbor" | "ridge", Drive> = {
  harbor: {
    driver: { key: "dana", name: "Dana Whitfield" },
    customer: "northline",
    reports: [
      {
        key: "wipers",
        unit: "102",
        kind: "post-trip",
        hoursAgo: 9 * 24,
        miles: 706_110,
        defects: [{ key: "wipers", part: "wipers", problem: "worn", note: "Driver's side smears.", severity: "minor" }],
      },
      { key: "wipers reviewed", unit: "102", kind: "pre-trip", hoursAgo: 8 * 24, miles: 706_112, reviews: ["wipers"] },
      { key: "clean", unit: "101", kind: "pre-trip", hoursAgo: 3 * 24, miles: 794_800 },
      {
        key: "lights",
        unit: "101",
        kind: "post-trip",
        hoursAgo: 2 * 24 + 3,
        miles: 795_310,
        defects: [{ key: "lights", part: "lights", problem: "not-working", note: "Right low beam is out.", severity: "safety" }],
      },
      {
        key: "mirrors",
        unit: "101",
        kind: "post-trip",
        hoursAgo: 27,
        took: 9,
        miles: 795_702,
        defects: [{ key: "mirrors", part: "mirrors", problem: "broken", note: "Convex mirror on the right is cracked, still usable.", severity: "minor" }],
      },
      {
        key: "brakes",
        unit: "102",
        kind: "post-trip",
        hoursAgo: 5,
        took: 11,
        miles: 707_290,
        defects: [
          {
            key: "brakes",
            part: "service-brakes",
            problem: "leaking",
            note: "Air leak at the left rear chamber when the pedal is held. Loses 5 psi a minute.",
            severity: "safety",
            photos: 1,
          },
        ],
      },
    ],
    certified: [
      { defect: "wipers", unit: "102", by: "Marta Ruiz", hoursAgo: 8 * 24 + 4, reason: "Both blades replaced." },
      { defect: "lights", unit: "101", by: "Sam Ode", hoursAgo: 2 * 24 - 5, reason: "Bulb and connector replaced, aim checked." },
    ],
  },
  ridge: {
    driver: { key: "inez", name: "Inez Kowalski" },
    customer: "lakeshore",
    reports: [
      { key: "clean", unit: "21", kind: "pre-trip", hoursAgo: 50, miles: 618_040 },
      {
        key: "body",
        unit: "21",
        kind: "post-trip",
        hoursAgo: 26,
        miles: 618_402,
        defects: [{ key: "body", part: "body", problem: "loose", note: "Step on the driver's side wobbles.", severity: "minor" }],
      },
    ],
    certified: [],
  },
};

/** Inspections that a driver filed, with what was certified and reviewed since. */
export async function inspectionDemo(bucket: R2Bucket, shop: Shop, slug: "harbor" | "ridge", staff: ReadonlyMap<string, string>): Promise<void> {
  const { driver, customer, reports, certified } = drives[slug];
  const ids = { driver: demoId("driver", `${slug} ${driver.key}`), customer: demoId("customer", `${slug} ${customer}`) };
  const defectId = (key: string): Id<"defect"> => demoId("defect", `${slug} ${key}`);
  const actor = { audience: "driver" as const, id: ids.driver, name: driver.name };
  const { db, now } = shop;
  for (const report of reports) await db.batch(reportRows(report));
  for (const { defect, unit, by, hoursAgo, reason } of certified) {
    const at = later(now, -hoursAgo * HOUR);
    const who = { audience: "staff" as const, id: staff.get(by) ?? "seed", name: by };
    const found = reports.flatMap(({ defects = [] }) => defects).find(({ key }) => key === defect);
    if (!found) throw new Error(`a demo certification of a defect that is not there: ${defect}`);
    const signed = { outcome: "repaired", reason, signedName: by, signedFor: null } as const;
    const facts = { unit, part: found.part, problem: found.problem, ...signed };
    await db.batch([
      db.insert(journal, {
        recordKind: "defect",
        recordId: defectId(defect),
        version: 1,
        at,
        actor: who,
        ...eventColumns(inspectionJournal.of("defect.certified", facts)),
        about: demoId("asset", `${slug} ${unit}`),
      }),
      db.insert(defectCertifications, { defectId: defectId(defect), round: 1, ...signed, by: who, at }),
      followStates(db, [defectId(defect)]),
    ]);
  }
  for (const { key, defects = [] } of reports)
    for (const { key: defect, photos = 0 } of defects)
      for (let at = 0; at < photos; at++)
        await attach(
          bucket,
          shop,
          slug,
          { kind: "inspection", id: demoId("inspection", `${slug} ${key}`) },
          {
            key: `${defect} ${at}`,
            name: `${defect}.png`,
            by: driver.name,
            daysAgo: 0,
            content: await truckPicture({ x: 96, y: 196 }),
            audiences: ["driver", "customer"],
          },
        );

  function reportRows({ key, unit, kind, hoursAgo, took = 7, miles, defects = [], reviews = [] }: Filed): Statement[] {
    const id = demoId("inspection", `${slug} ${key}`);
    const assetId = demoId("asset", `${slug} ${unit}`);
    const signedAt = later(now, -hoursAgo * HOUR);
    const safetyDefects = defects.filter(({ severity }) => severity === "safety").length;
    const photos = defects.flatMap((defect) => Array.from({ length: defect.photos ?? 0 }, (_, position) => ({ defect: defect.key, position })));
    const event = inspectionJournal.of("inspection.filed", { unit, kind, defects: defects.length, safety: safetyDefects });
    return [
      db.insert(journal, { recordKind: "inspection", recordId: id, version: 1, at: signedAt, actor, ...eventColumns(event), about: assetId }),
      db.insert(inspections, {
        id,
        submissionId: demoId("submission", `${slug} ${key}`),
        position: 0,
        assetId,
        unitNumber: unit,
        customerId: ids.customer,
        driverId: ids.driver,
        driverName: driver.name,
        kind,
        unitKind: "truck",
        checklistVersion: 1,
        confirmed: currentChecklist("truck").groups.map((group) => group.key),
        day: dayOf(signedAt, "America/Chicago"),
        odometer: miles * 1_609.344,
        engine: null,
        language: "en",
        startedAt: later(signedAt, -took * MINUTE),
        signedAt,
        deviceSignedAt: signedAt,
        clockOffset: 0,
        receivedAt: later(signedAt, MINUTE),
        latitude: 41.6176,
        longitude: -87.4989,
        signature: { name: driver.name, path: SIGNATURE },
        defects: defects.length,
        safetyDefects,
        isTooFast: false,
        afterSwitchOff: false,
        sha256: newSha256().update(`${slug} ${key}`).digest("hex"),
        version: 1,
      }),
      ...defects.map(({ key: defect, photos: _, ...facts }) =>
        db.insert(inspectionDefects, { id: defectId(defect), inspectionId: id, assetId, ...facts, reportedAt: signedAt }),
      ),
      ...photos.map(({ defect, position }) =>
        db.insert(inspectionPhotos, {
          id: demoId("attachment", `${slug} ${defect} ${position}`),
          inspectionId: id,
          defectId: defectId(defect),
          position,
          sha256: newSha256().update(defect).digest("hex"),
          bytes: 1_000,
        }),
      ),
      ...reviews.map((defect) =>
        db.insert(defectReviews, {
          defectId: defectId(defect),
          round: 1,
          inspectionId: id,
          outcome: "accepted",
          reason: "",
          driverName: driver.name,
          at: signedAt,
        }),
      ),
    ];
  }
}

const SIGNATURE =
  "M40 100L48 60L60 40L72 46L76 80L64 104L48 104M96 96L108 78L120 76L124 92L112 104L100 100M124 84L128 104L140 84L152 78L156 92L156 104M168 100L180 80L192 78L196 94L184 104L172 102M196 80L204 104L216 98M240 60L252 104L264 70L276 104L290 58";
