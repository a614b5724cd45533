import { createHash } from "node:crypto";

/** The fleet that benchmarks and campaigns put beside the demo's: in the demo's first shop, numbered from 0. */
export const deviceOf = (vehicle: number): string => `BENCH-${String(vehicle).padStart(5, "0")}`;
const idOf = (prefix: string, number: number): string => `${prefix}_${String(number).padStart(26, "0")}`;
export const assetOf = (vehicle: number): string => idOf("ast", vehicle);
const customerOf = (customer: number): string => idOf("cus", customer);
export const vehicleOfAsset = (asset: string): number => Number(asset.slice(-26));

/** Vehicles are dealt to customers in turn, so that a batch in order holds some of everybody's: the dearest case. */
export const ownerOf = (vehicle: number, customers: number): number => vehicle % customers;

export const customerToken = (customer: number): string => `bench-customer-${customer}`;
const hashed = (token: string): string => createHash("sha256").update(token).digest("base64url");

type Databases = { DIRECTORY: D1Database; TENANTS: D1Database };
export type Fleet = { organizationId: string; vehicles: number; customers: number };

/** Writes vehicles, their trackers and owners, and a signed-in session per customer, before the room has met its roster. */
export async function addFleet({ DIRECTORY, TENANTS }: Databases, vehicles: number, customers: number): Promise<Fleet> {
  const found = await DIRECTORY.prepare("select id from organizations where slug = 'harbor'").first<{ id: string }>();
  if (!found) throw new Error("the demo data is missing");
  const organizationId = found.id;
  const now = Date.now();
  const since = now - 30 * 86_400_000;
  const owners = Array.from({ length: customers }, (_, at) => ({
    id: customerOf(at),
    session: idOf("ses", at),
    membership: idOf("mem", at),
    hash: hashed(customerToken(at)),
  }));
  const units = Array.from({ length: vehicles }, (_, at) => ({
    asset: assetOf(at),
    device: deviceOf(at),
    unit: String(5_000 + at),
    owner: customerOf(ownerOf(at, customers)),
  }));
  const parts = <T>(rows: readonly T[]) =>
    Array.from({ length: Math.ceil(rows.length / 500) }, (_, at) => JSON.stringify(rows.slice(at * 500, at * 500 + 500)));
  const fill = (db: D1Database, rows: readonly unknown[], sql: string, ...values: unknown[]) =>
    parts(rows).map((json) => db.prepare(sql).bind(json, ...values));
  const at = (name: string) => `value ->> '$.${name}'`;

  await DIRECTORY.batch([
    ...fill(
      DIRECTORY,
      owners,
      `insert into memberships (id, organization_id, audience, party_id, name, created_at) select ${at("membership")}, ?2, 'customer', ${at("id")}, 'Bench customer', ?3 from json_each(?1)`,
      organizationId,
      now,
    ),
    ...fill(
      DIRECTORY,
      owners,
      `insert into sessions (token_hash, id, membership_id, organization_id, audience, created_at, last_seen_at) select ${at("hash")}, ${at("session")}, ${at("membership")}, ?2, 'customer', ?3, ?3 from json_each(?1)`,
      organizationId,
      now,
    ),
  ]);
  await TENANTS.batch([
    ...fill(
      TENANTS,
      owners,
      `insert into customers (organization_id, id, name, portal_enabled, is_self, shares_positions, created_at) select ?2, ${at("id")}, 'Bench customer', 1, 0, 1, ?3 from json_each(?1)`,
      organizationId,
      since,
    ),
    ...fill(
      TENANTS,
      units,
      `insert into assets (organization_id, id, customer_id, unit_number, kind, shares_position, created_at) select ?2, ${at("asset")}, ${at("owner")}, ${at("unit")}, 'truck', 1, ?3 from json_each(?1)`,
      organizationId,
      since,
    ),
    ...fill(
      TENANTS,
      units,
      `insert into asset_owners (organization_id, asset_id, from_at, customer_id) select ?2, ${at("asset")}, ?3, ${at("owner")} from json_each(?1)`,
      organizationId,
      since,
    ),
    ...fill(
      TENANTS,
      units,
      `insert into devices (organization_id, code, label, created_at, has_own_key) select ?2, ${at("device")}, 'Bench tracker', ?3, 0 from json_each(?1)`,
      organizationId,
      since,
    ),
    ...fill(
      TENANTS,
      units,
      `insert into device_assignments (organization_id, device_code, from_at, asset_id) select ?2, ${at("device")}, ?3, ${at("asset")} from json_each(?1)`,
      organizationId,
      since,
    ),
    TENANTS.prepare(
      "insert into counters (organization_id, kind, value) values (?, 'roster', 1) on conflict (organization_id, kind) do update set value = value + 1",
    ).bind(organizationId),
  ]);
  return { organizationId, vehicles, customers };
}

export type Posted = {
  deviceId: string;
  recordedAt: number;
  latitude: number;
  longitude: number;
  speedMps: number;
  headingDegrees: number;
  odometerMeters: number;
  engineSeconds: number;
};

/** Each vehicle drives slowly north-east from a place of its own; no two of its readings carry one time. */
export function driver(): (vehicle: number) => Posted {
  const last = new Map<number, { at: number; steps: number }>();
  return (vehicle) => {
    const before = last.get(vehicle) ?? { at: 0, steps: 0 };
    const now = { at: Math.max(Date.now(), before.at + 1), steps: before.steps + 1 };
    last.set(vehicle, now);
    return {
      deviceId: deviceOf(vehicle),
      recordedAt: now.at,
      latitude: 41 + (vehicle % 100) * 0.01 + (now.steps % 1_000) * 0.00001,
      longitude: -87 + Math.floor(vehicle / 100) * 0.01 + (now.steps % 1_000) * 0.00001,
      speedMps: 21.5,
      headingDegrees: 45,
      odometerMeters: 400_000_000 + now.steps * 10,
      engineSeconds: 7_000_000 + now.steps,
    };
  };
}
