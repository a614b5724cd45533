import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Effect } from "~/kernel/effects";
import type { EventOf } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import { err, type Result } from "~/kernel/result";
import type { UtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { isTaken, save } from "~/platform/database/journal.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import type { DriverFacts } from "./driver";
import { driverEffects } from "./driver.effects";
import { driverJournal } from "./driver.journal";
import { drivers } from "./driver.tables";

export type Driver = {
  id: Id<"driver">;
  customerId: Id<"customer">;
  name: string;
  email: string | null;
  phone: string | null;
  portalEnabled: boolean;
  code: string;
  version: number;
  archivedAt: UtcMs | null;
};

const columns = {
  id: drivers.id,
  customerId: drivers.customerId,
  name: drivers.name,
  email: drivers.email,
  phone: drivers.phone,
  portalEnabled: drivers.portalEnabled,
  code: drivers.code,
  version: drivers.version,
  archivedAt: drivers.archivedAt,
};
const MOST = 500;

type DriverEvent = EventOf<typeof driverJournal>;
type Known = Pick<Driver, "id" | "version">;
type Taken = { kind: "stale" } | { kind: "code-taken" } | { kind: "email-taken" };

const effect = (id: Id<"driver">, version: number, kind: keyof typeof driverEffects.definitions): Effect =>
  driverEffects.of(kind, `${kind}:${id}:${version}`, { driverId: id });
/** The effect that syncs a change of access to the directory, sessions and open sockets. */
const accessChanged = (id: Id<"driver">, version: number) => effect(id, version, "driver.access-changed");

/** Drivers of customers and of the shop's own fleet. Staff change them, contacts their own customer's; background jobs read them. */
export function driverStore(db: ScopedDatabase<"staff"> | ScopedDatabase<"job"> | ScopedDatabase<"customer">) {
  const party = db.scope.audience === "customer" ? (db.scope.partyId as Id<"customer">) : null; // a customer's session names its customer
  const own = party === null ? undefined : eq(drivers.customerId, party);
  async function one(where: ReturnType<typeof eq>) {
    const [row] = await db.query({ from: drivers, columns, where: and(where, own), limit: 1 });
    return row ?? null;
  }
  const change = (driver: Known, at: UtcMs, event: DriverEvent, set: Parameters<typeof db.update<typeof drivers>>[1], effects: readonly Effect[]) => {
    const version = driver.version + 1;
    const entry = { record: { kind: "driver", id: driver.id, version }, at, event, about: driver.id };
    return save(db, entry, [db.update(drivers, { ...set, version }, eq(drivers.id, driver.id))], effects);
  };

  return {
    of: (customerId: Id<"customer">) =>
      db.query({
        from: drivers,
        columns,
        where: and(eq(drivers.customerId, customerId), own, isNull(drivers.archivedAt)),
        orderBy: [asc(drivers.name)],
        limit: MOST,
      }),

    find: (id: Id<"driver">) => one(eq(drivers.id, id)),

    /** The active driver with this code, and the hash of their PIN. */
    async byCode(code: string) {
      const [row] = await db.query({
        from: drivers,
        columns: { ...columns, pinHash: drivers.pinHash },
        where: and(eq(drivers.code, code), isNull(drivers.archivedAt)),
        limit: 1,
      });
      return row ?? null;
    },

    async takenOf(codes: readonly string[]): Promise<Set<string>> {
      const rows = await db.query({
        from: drivers,
        columns: { code: drivers.code },
        where: and(inArray(drivers.code, [...codes]), isNull(drivers.archivedAt)),
        limit: codes.length,
      });
      return new Set(rows.map(({ code }) => code));
    },

    async takenAddresses(emails: readonly string[]): Promise<Set<string>> {
      if (emails.length === 0) return new Set();
      const rows = await db.query({
        from: drivers,
        columns: { email: drivers.email },
        where: and(inArray(drivers.email, [...emails]), isNull(drivers.archivedAt)),
        limit: emails.length,
      });
      return new Set(rows.flatMap(({ email }) => email ?? []));
    },

    async customerOf(id: Id<"customer">) {
      const [row] = await db.query({
        from: customers,
        columns: { id: customers.id, name: customers.name },
        where: and(eq(customers.id, id), party === null ? undefined : eq(customers.id, party), isNull(customers.archivedAt)),
        limit: 1,
      });
      return row ?? null;
    },

    add(id: Id<"driver">, customerId: Id<"customer">, facts: DriverFacts, pinHash: string, at: UtcMs) {
      return keep(id, 1, at, driverJournal.of("driver.added", facts), db.insert(drivers, { id, customerId, ...facts, pinHash, version: 1, createdAt: at }));
    },

    change(driver: Known, facts: DriverFacts, at: UtcMs) {
      const version = driver.version + 1;
      return keep(driver.id, version, at, driverJournal.of("driver.changed", facts), db.update(drivers, { ...facts, version }, eq(drivers.id, driver.id)));
    },

    resetPin: (driver: Known, pinHash: string, at: UtcMs) =>
      change(driver, at, driverJournal.of("driver.pin-reset"), { pinHash }, [effect(driver.id, driver.version + 1, "driver.pin-reset")]),

    archive: (driver: Known, at: UtcMs) =>
      change(driver, at, driverJournal.of("driver.archived"), { archivedAt: at }, [
        accessChanged(driver.id, driver.version + 1),
        effect(driver.id, driver.version + 1, "driver.archived"),
      ]),
  };

  async function keep(id: Id<"driver">, version: number, at: UtcMs, event: DriverEvent, write: Statement): Promise<Result<null, Taken>> {
    try {
      return await save(db, { record: { kind: "driver", id, version }, at, event, about: id }, [write], [accessChanged(id, version)]);
    } catch (cause) {
      if (isTaken(cause, "drivers.code")) return err({ kind: "code-taken" });
      if (isTaken(cause, "drivers.email")) return err({ kind: "email-taken" });
      throw cause;
    }
  }
}
