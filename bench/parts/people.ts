import { randomBytes } from "node:crypto";

type Directory = { prepare(sql: string): { bind(...values: unknown[]): { run(): Promise<unknown> } } };

/** Address number `at` of those that are known, or of as many that are not. Only an even number tells them apart: length and order are alike. */
export const addressOf = (known: boolean, at: number): string => `${"ku"[at % 2]}${String(2 * at + (known ? 0 : 1)).padStart(6, "0")}@enum.test`;

/** So many people who may come in as staff, by a password that nobody has, and as customers by a mailed link. */
export async function addPeople(directory: Directory, organizationId: string, count: number): Promise<void> {
  const secret = (bytes: number) => randomBytes(bytes).toString("base64url");
  const id = (kind: string, at: number) => `${kind}_${String(at).padStart(26, "0")}`;
  const people = Array.from({ length: count }, (_, at) => ({
    email: addressOf(true, at),
    account: id("acc", at),
    staff: id("mem", 1_000_000 + at),
    customer: id("mem", 2_000_000 + at),
    party: id("cus", at),
    hash: ["scrypt", 2 ** 14, 8, 5, secret(16), secret(32)].join("$"),
  }));
  const of = (name: string) => `value ->> '$.${name}'`;
  const run = (sql: string, ...more: unknown[]) =>
    directory
      .prepare(sql)
      .bind(JSON.stringify(people), Date.now(), ...more)
      .run();
  await run(`insert into accounts (id, email, password_hash, created_at) select ${of("account")}, ${of("email")}, ${of("hash")}, ?2 from json_each(?1)`);
  for (const [name, audience, role, party] of [
    ["staff", "staff", "'technician'", "null"],
    ["customer", "customer", "null", of("party")],
  ] as const)
    await run(
      `insert into memberships (id, organization_id, account_id, audience, party_id, role, name, created_at)
       select ${of(name)}, ?3, ${of("account")}, '${audience}', ${party}, ${role}, 'Known', ?2 from json_each(?1)`,
      organizationId,
    );
}
