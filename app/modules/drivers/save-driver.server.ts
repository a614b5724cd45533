import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { hashPassword, randomDigits } from "~/platform/crypto.server";
import type { IdTaken } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { checkDriver, type DriverForm, type DriverRefusal, PIN_DIGITS } from "./driver";
import { driverStore } from "./driver.store.server";
import { managesDrivers } from "./manages-drivers.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock; settings: { passwordPepper: string } };
type NotFound = { kind: "not-found" };
type Stale = { kind: "stale" };
type NotAllowed = { kind: "not-allowed"; message: string };
type SaveRefusal = DriverRefusal | NotFound | Stale | { kind: "archived" } | { kind: "code-taken" } | { kind: "email-taken" } | NotAllowed;

/**
 * Adds a driver with a generated PIN, which is returned here and stored only as a hash. The same form submitted again
 * finds the driver without the PIN, which can then be reset.
 */
export async function addDriver(
  s: Needs,
  { id, customerId, form }: { id: Id<"driver">; customerId: Id<"customer">; form: DriverForm },
): Promise<Result<{ pin: string | null }, SaveRefusal | IdTaken>> {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const facts = checkDriver(form);
  if (!facts.ok) return facts;
  const store = driverStore(s.db);
  const [known, customer] = await Promise.all([store.find(id), store.customerOf(customerId)]);
  if (known) return isAs(known, { customerId, ...facts.value }) ? ok({ pin: null }) : err({ kind: "id-taken" });
  if (!customer) return err({ kind: "not-found" });
  const pin = randomDigits(PIN_DIGITS);
  const added = await store.add(id, customerId, facts.value, await hashPassword(pin, s.settings.passwordPepper), s.clock.now());
  if (!added.ok) return added;
  return ok({ pin });
}

type Kept = { customerId: Id<"customer">; name: string; code: string };
const isAs = (kept: Kept, sent: Kept): boolean => kept.customerId === sent.customerId && kept.name === sent.name && kept.code === sent.code;

/** Changes a driver. Without portal access or with a new address, their sessions, links and sockets have ended once this returns. */
export async function changeDriver(
  s: Needs,
  { id, version, form }: { id: Id<"driver">; version: number; form: DriverForm },
): Promise<Result<null, SaveRefusal>> {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const facts = checkDriver(form);
  if (!facts.ok) return facts;
  const store = driverStore(s.db);
  const driver = await store.find(id);
  if (!driver) return err({ kind: "not-found" });
  if (driver.archivedAt !== null) return err({ kind: "archived" });
  if (driver.version !== version) return err({ kind: "stale" });
  return store.change(driver, facts.value, s.clock.now());
}

/** Sets a new PIN. Sessions of the old one have ended once this returns. */
export async function resetPin(s: Needs, id: Id<"driver">): Promise<Result<{ pin: string }, NotFound | Stale | NotAllowed>> {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const store = driverStore(s.db);
  const driver = await store.find(id);
  if (!driver || driver.archivedAt !== null) return err({ kind: "not-found" });
  const pin = randomDigits(PIN_DIGITS);
  const saved = await store.resetPin(driver, await hashPassword(pin, s.settings.passwordPepper), s.clock.now());
  if (!saved.ok) return saved;
  return ok({ pin });
}

/** Archives a driver: frees the code, unassigns the vehicles, and signs them out before this returns. */
export async function archiveDriver(s: Needs, id: Id<"driver">): Promise<Result<null, NotFound | Stale | NotAllowed>> {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const store = driverStore(s.db);
  const driver = await store.find(id);
  if (!driver || driver.archivedAt !== null) return err({ kind: "not-found" });
  return store.archive(driver, s.clock.now());
}
