import type { Portal } from "~/kernel/audience";
import type { EventOf } from "~/kernel/events";
import { DAY, later, type UtcMs } from "~/kernel/time";
import type { RecordName } from "~/modules/attachments/attachment";
import { attachmentJournal } from "~/modules/attachments/attachment.journal";
import { attachments } from "~/modules/attachments/attachment.tables";
import { mediaTypeOf } from "~/modules/attachments/content";
import { newSha256 } from "~/platform/crypto.server";
import { eventColumns } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { journal } from "~/platform/database/tenant.tables";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import { samplePdf, truckPicture } from "./files";
import { demoId } from "./ids";

type Shop = { db: ScopedDatabase<"job">; now: UtcMs };
type Given = {
  key: string;
  name: string;
  by: string;
  daysAgo: number;
  content: Uint8Array;
  hidden?: string;
  audiences?: readonly Portal[];
  byCustomer?: boolean;
};

/** The shop's files on its customers, put where uploads put them. */
export async function attachDemo(bucket: R2Bucket, shop: Shop, slug: "harbor" | "ridge", customer: string): Promise<void> {
  const record = { kind: "customer", id: demoId("customer", `${slug} ${customer}`) } as const;
  const files: Given[] =
    slug === "ridge"
      ? [
          { key: "damage", name: "21 step.png", by: "Noor Haddad", daysAgo: 3, content: await truckPicture({ x: 90, y: 170 }) },

          {
            key: "terms",
            name: "Terms Lakeshore.pdf",
            by: "Noor Haddad",
            daysAgo: 30,
            content: samplePdf("Terms of service", ["Lakeshore Produce", "Net 30 days."]),
          },
        ]
      : [
          { key: "damage", name: "104 front damage.png", by: "Sam Ode", daysAgo: 2, content: await truckPicture({ x: 222, y: 150 }) },
          {
            key: "terms",
            name: "Fleet agreement 2026.pdf",
            by: "Joan Petrak",
            daysAgo: 200,
            content: samplePdf("Fleet agreement 2026", [
              "Northline Freight and Harbor Diesel",
              "Labor at the fleet rate.",
              "Approval above $1,500 by Northline's fleet desk.",
              "Net 30 days.",
            ]),
          },
          {
            key: "wrong",
            name: "101 grille.png",
            by: "Sam Ode",
            daysAgo: 9,
            content: await truckPicture({ x: 160, y: 140 }),
            hidden: "Wrong truck: this is Summit's",
          },
        ];
  for (const file of files) await attach(bucket, shop, slug, record, file);
}

/** A photo on the first line of an estimate, there before the estimate is sent. */
export async function photoDemo(bucket: R2Bucket, shop: Shop, slug: "harbor" | "ridge"): Promise<void> {
  const key = { harbor: "steer", ridge: "reefer" }[slug];
  const record = { kind: "line", id: demoId("line", `${slug} estimate ${key} 0 0`) } as const;
  const content = await truckPicture({ x: 96, y: 196 });
  await attach(bucket, shop, slug, record, { key: "line", name: "What we found.png", by: "Sam Ode", daysAgo: 3, content, audiences: ["customer"] });
}

/** What customers' people added to what they asked for, or were shown of it. */
export async function attachReported(bucket: R2Bucket, shop: Shop, slug: "harbor" | "ridge"): Promise<void> {
  const files: [order: string, given: Omit<Given, "content" | "byCustomer">, scratch: { x: number; y: number }][] =
    slug === "harbor"
      ? [
          ["1020", { key: "reported", name: "111 under the dash.png", by: "Renee Okafor", daysAgo: 0 }, { x: 120, y: 90 }],
          ["1006", { key: "bucket", name: "SG-2 coolant on the floor.png", by: "Walt Brandt", daysAgo: 1 }, { x: 60, y: 190 }],
        ]
      : [["1002", { key: "reported", name: "23 actuator.png", by: "Luis Ferrer", daysAgo: 1 }, { x: 180, y: 120 }]];
  for (const [order, given, scratch] of files)
    await attach(
      bucket,
      shop,
      slug,
      { kind: "workOrder", id: demoId("workOrder", `${slug} ${order}`) },
      { ...given, content: await truckPicture(scratch), byCustomer: true },
    );
}

/** What the shop gave vendors with their jobs: a photo and a paper each. */
export async function attachToVendorJobs(bucket: R2Bucket, shop: Shop, slug: "harbor" | "ridge"): Promise<void> {
  const jobs = slug === "ridge" ? [["refrigerant", "Reefer"] as const] : [["flywheel", "Flywheel"] as const, ["pump", "Pump"] as const];
  const by = slug === "ridge" ? "Ada Finch" : "Marta Ruiz";
  for (const [key, name] of jobs) {
    const record = { kind: "vendorJob", id: demoId("vendorJob", `${slug} ${key}`) } as const;
    const shared = { by, daysAgo: 0, audiences: ["vendor"] as const };
    await attach(bucket, shop, slug, record, { key: `${key} photo`, name: `${name}.png`, content: await truckPicture({ x: 150, y: 150 }), ...shared });
    await attach(bucket, shop, slug, record, {
      key,
      name: `${name} data sheet.pdf`,
      content: samplePdf(`${name} data sheet`, ["Measures and limits."]),
      ...shared,
    });
  }
}

/** Puts a file where an upload of it would be. */
export async function attach(
  bucket: R2Bucket,
  { db, now }: Shop,
  slug: string,
  record: RecordName,
  { key, name, by, daysAgo, content, hidden, byCustomer = false, audiences = byCustomer ? ["customer"] : [] }: Given,
): Promise<void> {
  const id = demoId("attachment", `${slug} ${key}`);
  const mediaType = mediaTypeOf(content);
  if (!mediaType) throw new Error(`a demo file that would be refused: ${name}`);
  const file = `attachments/demo-${key.replaceAll(" ", "-")}`;
  const actor = { audience: byCustomer ? "customer" : "staff", id: "seed", name: by };
  const addedAt = later(now, -daysAgo * DAY);
  const sha256 = newSha256().update(content).digest("hex");
  const entry = (version: number, at: UtcMs, event: EventOf<typeof attachmentJournal>) =>
    db.insert(journal, { recordKind: "attachment", recordId: id, version, at, actor, ...eventColumns(event), about: record.id });
  await scopedFiles(bucket, db.scope).put(file, content);
  const hiddenAt = hidden ? later(addedAt, DAY) : null;
  await db.batch([
    entry(1, addedAt, attachmentJournal.of("file.added", { name, mediaType, bytes: content.length, sha256 })),
    ...(hidden && hiddenAt ? [entry(2, hiddenAt, attachmentJournal.of("file.hidden", { name, why: hidden }))] : []),
    db.insert(attachments, {
      id,
      recordKind: record.kind,
      recordId: record.id,
      name,
      mediaType,
      bytes: content.length,
      sha256,
      file,
      thumbnail: null,
      audiences: [...audiences],
      addedAt,
      addedBy: actor,
      hiddenAt,
      hiddenBy: hidden ? actor : null,
      hiddenReason: hidden ?? null,
      version: hidden ? 2 : 1,
    }),
  ]);
}
