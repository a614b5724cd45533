import * as z from "zod/mini";

/** A fault code as a truck sends it: J1939's SPN and FMI, or an OBD-II code. */
const Fault = z.union([z.object({ spn: z.number(), fmi: z.number(), occurrenceCount: z.nullable(z.number()) }), z.object({ dtc: z.string() })]);

/** One asset as the map shows it. Times are UTC milliseconds; metres, seconds, metres per second. */
const Unit = z.object({
  assetId: z.string(),
  recordedAt: z.number(),
  latitude: z.number(),
  longitude: z.number(),
  speedMps: z.nullable(z.number()),
  headingDegrees: z.nullable(z.number()),
  odometerMeters: z.nullable(z.number()),
  engineSeconds: z.nullable(z.number()),
  ignition: z.nullable(z.boolean()),
  lastMovedAt: z.nullable(z.number()),
  faults: z.array(z.object({ fault: Fault, since: z.number() })),
});
export type LiveUnit = z.infer<typeof Unit>;

/** What /parties/fleet-room says. `seq` names the arrival batch: send it back as `?since=` after a break. */
export const FleetMessage = z.discriminatedUnion("type", [
  /** First word on a socket: what changed since `since`, and every asset that this viewer may see. */
  z.object({ type: z.literal("sync"), seq: z.number(), units: z.array(Unit), visible: z.array(z.string()) }),
  z.object({ type: z.literal("moved"), seq: z.number(), units: z.array(Unit) }),
  z.object({ type: z.literal("gone"), seq: z.number(), assetIds: z.array(z.string()) }),
]);
export type FleetMessage = z.infer<typeof FleetMessage>;

/** What /parties/board-room says: which record changed, never what is in it, and who is looking at it. */
export const BoardMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("hello"), seq: z.number() }),
  z.object({ type: z.literal("changed"), seq: z.number(), kind: z.string(), id: z.string(), version: z.number() }),
  /** The gap is longer than the room remembers: read everything again. */
  z.object({ type: z.literal("reload"), seq: z.number() }),
  /** Who else has a record open: the record that a page names with `?at=`. An empty list says that they have left. */
  z.object({ type: z.literal("looking"), at: z.string(), people: z.array(z.string()) }),
]);
export type BoardMessage = z.infer<typeof BoardMessage>;

/** Close codes of our own: the session ended, and the door must be asked again. */
export const SESSION_ENDED = 4401;
