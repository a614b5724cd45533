import { asc, eq, isNull } from "drizzle-orm";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { type Effect, isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { VendorFacts } from "./vendor";
import { vendors } from "./vendor.tables";

const columns = {
  id: vendors.id,
  name: vendors.name,
  phone: vendors.phone,
  email: vendors.email,
  portalEnabled: vendors.portalEnabled,
  invitedAt: vendors.invitedAt,
  version: vendors.version,
};
const MOST = 500;

/** The vendor directory: staff's to keep, a job's to read. */
export function vendorStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  return {
    list: () => db.query({ from: vendors, columns, where: isNull(vendors.archivedAt), orderBy: [asc(vendors.name)], limit: MOST }),

    async find(id: Id<"vendor">) {
      const [row] = await db.query({ from: vendors, columns, where: eq(vendors.id, id), limit: 1 });
      return row ?? null;
    },

    /** Version 1 is a new vendor; a create that is sent twice meets its own first version. */
    async save(id: Id<"vendor">, facts: VendorFacts, version: number, at: UtcMs) {
      const changed: Effect = { key: `vendor:${id}:${version}`, kind: "vendor.access-changed", body: { vendorId: id } };
      const entry = { record: { kind: "vendor", id, version }, at, what: version === 1 ? "vendor added" : "vendor changed", about: id, body: { ...facts } };
      const write =
        version === 1 ? db.insert(vendors, { id, ...facts, version, createdAt: at }) : db.update(vendors, { ...facts, version }, eq(vendors.id, id));
      try {
        return await save(db, entry, [write], [changed]);
      } catch (cause) {
        if (isTaken(cause, "vendors.email")) return { ok: false as const, error: { kind: "email-taken" as const } };
        throw cause;
      }
    },

    invited(vendor: { id: Id<"vendor">; version: number }, at: UtcMs, mail: Effect) {
      const version = vendor.version + 1;
      return save(
        db,
        { record: { kind: "vendor", id: vendor.id, version }, at, what: "invited", about: vendor.id },
        [db.update(vendors, { invitedAt: at, version }, eq(vendors.id, vendor.id))],
        [mail],
      );
    },
  };
}
