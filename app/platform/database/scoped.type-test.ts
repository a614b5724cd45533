import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Id } from "~/kernel/ids";
import type { Cents } from "~/kernel/money";
import { toUtcMs } from "~/kernel/time";
import { customers } from "~/modules/customers/customer.tables";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import type { Scope } from "~/platform/scope/scope.server";
import { readBoard } from "~/queries/staff/board.server";
import { type ScopedDatabase, scopedDatabase } from "./scoped.server";

/*
 * Holes that must stay closed. Nothing here runs: tsc checks it, and an expected error that no longer
 * comes is itself an error. Each line names what would be open without it.
 */
declare const binding: D1Database;
declare const staffDb: ScopedDatabase<"staff">;
declare const driverDb: ScopedDatabase<"driver">;
declare const organizationId: Id<"organization">;
declare const customerId: Id<"customer">;
declare const [parts, labor]: [Cents, Cents];

const countries = sqliteTable("countries", { id: text("id").notNull(), tax: integer("tax").notNull() });
const customer = { id: customerId, name: "Fleet", portalEnabled: false, isSelf: false, sharesPositions: false, createdAt: toUtcMs(0) };

export async function holes() {
  // @ts-expect-error a database without a scope is no scoped database
  workOrderStore(drizzle(binding));
  // @ts-expect-error a binding alone does not tell whose rows they are
  scopedDatabase(binding);
  // @ts-expect-error a scope cannot be written down: only its makers put the brand on
  const forged: Scope<"staff"> = { audience: "staff", organizationId, actor: { audience: "staff", id: "", name: "" }, partyId: null, role: "owner" };
  // @ts-expect-error a row is never moved to another organization
  staffDb.update(customers, { organizationId }, eq(customers.id, customerId));
  // @ts-expect-error nor by an expression
  staffDb.update(customers, { organizationId: sql`'org_other'` }, eq(customers.id, customerId));
  // @ts-expect-error the scope names the organization of a new row, not the caller
  staffDb.insert(customers, { ...customer, organizationId });
  // @ts-expect-error nor does the caller where the row may be there already
  staffDb.upsert(customers, { ...customer, organizationId }, [customers.id], {});
  // @ts-expect-error nor may an upsert move the row that is there
  staffDb.upsert(customers, customer, [customers.id], { organizationId });
  // @ts-expect-error every change names its rows
  staffDb.update(customers, { name: "Fleet" });
  // @ts-expect-error every read is bounded
  await staffDb.query({ from: customers, columns: { id: customers.id } });
  // @ts-expect-error a driver does not move work orders
  workOrderStore(driverDb);
  // @ts-expect-error a driver does not read the board
  await readBoard(driverDb, toUtcMs(0));
  // @ts-expect-error a table without an organization is not a tenant's
  await staffDb.query({ from: countries, columns: { id: countries.id }, limit: 1 });
  // @ts-expect-error nor may it be joined
  await staffDb.query({ from: customers, columns: { id: customers.id }, join: [[countries, eq(countries.id, "us")]], limit: 1 });
  // @ts-expect-error plain arithmetic loses the brand: sums go through sumCents
  const sum: Cents = parts + labor;
  // @ts-expect-error a customer's id finds no work order
  await workOrderStore(staffDb).find(customerId);
  // @ts-expect-error a text is not an id until it was parsed
  await workOrderStore(staffDb).find("wo_1");
  return [forged, sum];
}

/** What the holes above are next to, to show that each fails for its own reason alone. */
export async function everyMaker() {
  staffDb.insert(customers, customer);
  staffDb.upsert(customers, customer, [customers.id], { name: "Fleet" });
  staffDb.update(customers, { name: sql`upper(${customers.name})`, phone: null }, eq(customers.id, customerId));
  await staffDb.query({ from: customers, columns: { id: customers.id }, limit: 1 });
  await readBoard(staffDb, toUtcMs(0));
  return workOrderStore(staffDb);
}
