import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { hashPassword, randomDigits } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { derivedId } from "~/platform/derived-id.server";
import { PIN_DIGITS } from "./driver";
import { driverStore } from "./driver.store.server";
import { managesDrivers } from "./manages-drivers.server";
import { keysOf, type PastedDriver, type PastedLine, readPastedDrivers } from "./pasted-drivers";
import { proposeCode } from "./propose-code.server";

type Needs = { db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">; clock: Clock; settings: { passwordPepper: string } };
type Refusal = { kind: "not-found" } | { kind: "not-allowed"; message: string };
export type AddedDriver = { id: Id<"driver">; name: string; code: string; pin: string };
type Refused = Extract<PastedLine, { problem: string }>;
type Good = Extract<PastedLine, { driver: PastedDriver }>;

const ADDRESS_TAKEN = "Another driver has this address.";

/** What a pasted list would do: each line with its driver, or with why it can't be added. Changes nothing. */
export async function checkPastedDrivers(s: Needs, customerId: Id<"customer">, text: string): Promise<Result<PastedLine[], Refusal>> {
  const read = await readList(s, customerId, text);
  return read.ok ? ok(read.value.lines.map(({ checked }) => checked)) : read;
}

/** The lines as they are written and as they can be added, and the customer's drivers. */
async function readList(s: Needs, customerId: Id<"customer">, text: string) {
  const allowed = await managesDrivers(s.db);
  if (!allowed.ok) return allowed;
  const store = driverStore(s.db);
  const [customer, written] = [await store.customerOf(customerId), readPastedDrivers(text)];
  if (!customer) return err({ kind: "not-found" as const });
  const emails = written.flatMap((line) => ("driver" in line ? (line.driver.email ?? []) : []));
  const [own, taken] = await Promise.all([store.of(customerId), store.takenAddresses(emails)]);
  const known = new Set(own.flatMap(keysOf));
  const check = (line: PastedLine): PastedLine => {
    if (!("driver" in line)) return line;
    const { driver, ...kept } = line;
    if (keysOf(driver).some((key) => known.has(key))) return { ...kept, problem: "This driver is already added." };
    return driver.email !== null && taken.has(driver.email) ? { ...kept, problem: ADDRESS_TAKEN } : line;
  };
  return ok({ own, lines: written.map((line) => ({ line, checked: check(line) })) });
}

/**
 * Adds the drivers of a list, each with a code and a PIN that are returned here only; the other lines come back. `list` is
 * the form's own id: the same form sent again adds nobody twice, and its drivers count as `before`, without their PINs.
 */
export async function addPastedDrivers(
  s: Needs,
  { list, customerId, text }: { list: Id<"driver">; customerId: Id<"customer">; text: string },
): Promise<Result<{ added: AddedDriver[]; before: number; refused: Refused[] }, Refusal>> {
  const read = await readList(s, customerId, text);
  if (!read.ok) return read;
  const store = driverStore(s.db);
  const done = { added: [] as AddedDriver[], before: 0, refused: [] as Refused[] };
  const mine = new Set(read.value.own.filter((driver) => driver.id === idIn(list, driver)).flatMap(keysOf));
  for (const { line, checked } of read.value.lines) {
    if ("driver" in checked) await add(checked);
    else if ("driver" in line && keysOf(line.driver).some((key) => mine.has(key))) done.before += 1;
    else done.refused.push(checked);
  }
  return ok(done);

  async function add({ at, text: typed, driver }: Good): Promise<void> {
    const id = idIn(list, driver);
    const pin = randomDigits(PIN_DIGITS);
    const pinHash = await hashPassword(pin, s.settings.passwordPepper);
    for (let attempt = 0; attempt < 3; attempt++) {
      const code = await proposeCode(s.db);
      const saved = await store.add(id, customerId, { ...driver, code, portalEnabled: true }, pinHash, s.clock.now());
      if (saved.ok) return void done.added.push({ id, name: driver.name, code, pin });
      // The same form may have been sent twice at the same time.
      if (await store.find(id)) {
        done.before += 1;
        return;
      }
      if (saved.error.kind === "email-taken") return void done.refused.push({ at, text: typed, problem: ADDRESS_TAKEN });
    }
    done.refused.push({ at, text: typed, problem: "No code was free. Try again." });
  }
}

/** The id that a driver of a list gets, however often its form is sent. */
const idIn = (list: Id<"driver">, { name, email, phone }: Pick<PastedDriver, "name" | "phone"> & { email: string | null }): Id<"driver"> =>
  derivedId("driver", { key: list, text: [name, email, phone].join("\n"), beside: list });
