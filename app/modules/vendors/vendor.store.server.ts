import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { VendorFacts } from "./vendor";
import { vendorEffects } from "./vendor.effects";
import { vendorJournal } from "./vendor.journal";
import { vendors, vendorUsers } from "./vendor.tables";

const columns = {
  id: vendors.id,
  name: vendors.name,
  phone: vendors.phone,
  email: vendors.email,
  laborRate: vendors.laborRate,
  usualLimit: vendors.usualLimit,
  monthlyBudget: vendors.monthlyBudget,
  insuredThrough: vendors.insuredThrough,
  notes: vendors.notes,
  portalEnabled: vendors.portalEnabled,
  invitedAt: vendors.invitedAt,
  version: vendors.version,
};
const MOST = 500;
const MOST_USERS = 50;
type Kept = { id: Id<"vendor">; version: number };

const accessChanged = (id: Id<"vendor">, version: number): Effect => vendorEffects.of("vendor.access-changed", `vendor:${id}:${version}`, { vendorId: id });

/** The vendor directory. Staff change it; background jobs read it. */
export function vendorStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job">) {
  function changeUsers(vendor: Kept, event: EventOf<typeof vendorJournal>, at: UtcMs, writes: readonly Statement[]) {
    const version = vendor.version + 1;
    return save(
      db,
      { record: { kind: "vendor", id: vendor.id, version }, at, event, about: vendor.id },
      [db.update(vendors, { version }, eq(vendors.id, vendor.id)), ...writes],
      [accessChanged(vendor.id, version)],
    );
  }

  return {
    list: () => db.query({ from: vendors, columns, where: isNull(vendors.archivedAt), orderBy: [asc(vendors.name)], limit: MOST }),

    async find(id: Id<"vendor">) {
      const [row] = await db.query({ from: vendors, columns, where: eq(vendors.id, id), limit: 1 });
      return row ?? null;
    },

    /** Version 1 is a new vendor; a form submitted twice conflicts with its own first version. */
    async save(id: Id<"vendor">, facts: VendorFacts, version: number, at: UtcMs) {
      const event = vendorJournal.of(version === 1 ? "vendor.added" : "vendor.changed", facts);
      const entry = { record: { kind: "vendor", id, version }, at, event, about: id };
      const write =
        version === 1 ? db.insert(vendors, { id, ...facts, version, createdAt: at }) : db.update(vendors, { ...facts, version }, eq(vendors.id, id));
      try {
        return await save(db, entry, [write], [accessChanged(id, version)]);
      } catch (cause) {
        if (isTaken(cause, "vendors.email")) return { ok: false as const, error: { kind: "email-taken" as const } };
        throw cause;
      }
    },

    /** Users besides the vendor's own address. */
    users: (id: Id<"vendor">) =>
      db.query({
        from: vendorUsers,
        columns: { email: vendorUsers.email, name: vendorUsers.name },
        where: and(eq(vendorUsers.vendorId, id), isNull(vendorUsers.endedAt)),
        orderBy: [asc(vendorUsers.name)],
        limit: MOST_USERS,
      }),

    addUser(vendor: Kept, user: { email: string; name: string }, at: UtcMs) {
      const row = { name: user.name, addedAt: at, endedAt: null };
      return changeUsers(vendor, vendorJournal.of("vendor.person-added", user), at, [
        db.upsert(vendorUsers, { vendorId: vendor.id, email: user.email, ...row }, [vendorUsers.vendorId, vendorUsers.email], row),
      ]);
    },

    endUser: (vendor: Kept, user: { email: string; name: string }, at: UtcMs) =>
      changeUsers(vendor, vendorJournal.of("vendor.person-removed", user), at, [
        db.update(vendorUsers, { endedAt: at }, sql`${and(eq(vendorUsers.vendorId, vendor.id), eq(vendorUsers.email, user.email))}`),
      ]),

    invited(vendor: { id: Id<"vendor">; version: number }, at: UtcMs, mail: Effect) {
      const version = vendor.version + 1;
      return save(
        db,
        { record: { kind: "vendor", id: vendor.id, version }, at, event: vendorJournal.of("vendor.invited"), about: vendor.id },
        [db.update(vendors, { invitedAt: at, version }, eq(vendors.id, vendor.id))],
        [mail],
      );
    },
  };
}
