import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { FleetPort } from "../fleet";
import type { Outcome } from "../fleet-state";
import type { ItemResult, ParsedItem } from "../providers/provider";
import { readRoster } from "../roster.store.server";
import type { Reading } from "./reading";

type Needs = { db: ScopedDatabase<"device">; fleet: FleetPort };

const messages = {
  "own-key": "This device has a key of its own; use that one.",
  "other-device": "This key belongs to another device.",
  "unknown-device": "This device is not known here yet. It waits in Settings, Devices.",
} as const;

/** Takes what a call brought, one result per item in the same order. A key of one device (`through`) is good for no other. */
export async function takeItems(needs: Needs, items: readonly ParsedItem[], through: string | null): Promise<ItemResult[]> {
  const isMine = (item: ParsedItem): item is Reading => !("error" in item) && (through === null || item.deviceId === through);
  const mine = items.filter(isMine);
  const outcomes = mine.length > 0 ? await takeReadings(needs, mine, through) : [];
  const outcomeOf = new Map(mine.map((item, at) => [item, outcomes[at]]));
  return items.map((item): ItemResult => {
    if ("error" in item) return { kind: "unreadable", message: item.error };
    const outcome = outcomeOf.get(item);
    return outcome ? resultOf(outcome) : { kind: "other-device", message: messages["other-device"] };
  });
}

function resultOf(outcome: Outcome): ItemResult {
  switch (outcome.kind) {
    case "duplicate":
      return { kind: "duplicate" };
    case "set-aside":
      return { kind: "set-aside", message: `Set aside for review: ${outcome.message}` };
    case "unknown-device":
    case "own-key":
      return { kind: outcome.kind, message: messages[outcome.kind] };
    case "current":
    case "late":
    case "unassigned":
      return { kind: "accepted" };
  }
}

/** Sends readings to the organization's room; a room without a roster gets it first. */
async function takeReadings({ db, fleet }: Needs, readings: readonly Reading[], through: string | null): Promise<Outcome[]> {
  const outcomes = await fleet.ingest(readings, through);
  if (outcomes) return outcomes;
  await fleet.applyRoster(await readRoster(db));
  const again = await fleet.ingest(readings, through);
  if (!again) throw new Error("the fleet room does not keep its roster");
  return again;
}
