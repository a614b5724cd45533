import { createHash } from "node:crypto";

type Databases = { DIRECTORY: D1Database; TENANTS: D1Database };
/** Who files, and with what. */
export type BenchDriver = { id: string; token: string };
/** What the server has of these drivers' reports. */
export type KeptFilings = { reports: { unit: string; driver: string }[]; defects: string[]; photos: { id: string; sha256: string }[] };

const idOf = (prefix: string, number: number): string => `${prefix}_${String(number).padStart(26, "0")}`;
const tokenOf = (at: number): string => `bench-filing-token-${String(at).padStart(6, "0")}`;
const hashed = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** Drivers of one customer in the demo's first shop, each with a token to file with, as after signing in. */
export async function addDrivers({ DIRECTORY, TENANTS }: Databases, count: number): Promise<BenchDriver[]> {
  const found = await DIRECTORY.prepare("select id from organizations where slug = 'harbor'").first<{ id: string }>();
  if (!found) throw new Error("the demo data is missing");
  const drivers = Array.from({ length: count }, (_, at) => ({
    id: idOf("drv", at),
    membership: idOf("mem", 5_000_000 + at),
    session: idOf("ses", 5_000_000 + at),
    code: String(700_000 + at),
    hash: hashed(tokenOf(at)),
  }));
  const of = (name: string) => `value ->> '$.${name}'`;
  const [rows, now] = [JSON.stringify(drivers), Date.now()];
  const customer = idOf("cus", 9_000_000);
  await TENANTS.batch([
    TENANTS.prepare(
      "insert into customers (organization_id, id, name, portal_enabled, is_self, shares_positions, created_at) values (?, ?, 'Bench haulage', 1, 0, 1, ?)",
    ).bind(found.id, customer, now),
    TENANTS.prepare(
      `insert into drivers (organization_id, id, customer_id, name, portal_enabled, code, pin_hash, version, created_at)
       select ?2, ${of("id")}, ?3, 'Bench driver', 1, ${of("code")}, '-', 1, ?4 from json_each(?1)`,
    ).bind(rows, found.id, customer, now),
  ]);
  await DIRECTORY.batch([
    DIRECTORY.prepare(
      `insert into memberships (id, organization_id, audience, party_id, name, created_at)
       select ${of("membership")}, ?2, 'driver', ${of("id")}, 'Bench driver', ?3 from json_each(?1)`,
    ).bind(rows, found.id, now),
    DIRECTORY.prepare(
      `insert into filing_tokens (token_hash, membership_id, organization_id, session_id, created_at, expires_at)
       select ${of("hash")}, ${of("membership")}, ?2, ${of("session")}, ?3, ?4 from json_each(?1)`,
    ).bind(rows, found.id, now, now + 30 * 86_400_000),
  ]);
  return drivers.map(({ id }, at) => ({ id, token: tokenOf(at) }));
}

export async function keptFilings({ TENANTS, FILES }: { TENANTS: D1Database; FILES: R2Bucket }): Promise<KeptFilings> {
  const bench = "from inspections i join drivers d on d.organization_id = i.organization_id and d.id = i.driver_id and d.name = 'Bench driver'";
  const [reports, defects, files] = await TENANTS.batch<Record<string, string>>([
    TENANTS.prepare(`select i.unit_number as unit, i.driver_id as driver ${bench}`),
    TENANTS.prepare(`select f.note ${bench} join inspection_defects f on f.organization_id = i.organization_id and f.inspection_id = i.id`),
    TENANTS.prepare(
      `select a.organization_id || '/' || a.file as name, a.id ${bench} join attachments a on a.organization_id = i.organization_id and a.record_kind = 'inspection' and a.record_id = i.id`,
    ),
  ]);
  const photos: KeptFilings["photos"] = [];
  for (const { name = "", id = "" } of files?.results ?? []) {
    const content = await (await FILES.get(name))?.arrayBuffer();
    photos.push({
      id,
      sha256: createHash("sha256")
        .update(new Uint8Array(content ?? new ArrayBuffer(0)))
        .digest("hex"),
    });
  }
  return {
    reports: (reports?.results ?? []).map(({ unit = "", driver = "" }) => ({ unit, driver })),
    defects: (defects?.results ?? []).map(({ note = "" }) => note),
    photos,
  };
}
