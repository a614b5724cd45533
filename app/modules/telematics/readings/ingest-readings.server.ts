import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { FleetPort } from "../fleet";
import type { Outcome } from "../fleet-state";
import { readRoster } from "../roster.store.server";
import type { Reading } from "./reading";

type Needs = { db: ScopedDatabase<"device">; fleet: FleetPort };

/** Sends readings to the organization's room; a room without a roster gets it first. */
export async function takeReadings({ db, fleet }: Needs, readings: readonly Reading[], through: string | null): Promise<Outcome[]> {
  const outcomes = await fleet.ingest(readings, through);
  if (outcomes) return outcomes;
  await fleet.applyRoster(await readRoster(db));
  const again = await fleet.ingest(readings, through);
  if (!again) throw new Error("the fleet room does not keep its roster");
  return again;
}
