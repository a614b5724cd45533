import type { LiveUnit } from "~/modules/telematics/live-unit";
import { bool, either, exactly, list, nullable, number, type Of, optional, record, text, type Validator } from "./validators";

/** A fault code as a truck sends it: J1939's SPN and FMI, or an OBD-II code. */
const Fault = either(record({ spn: number, fmi: number, occurrenceCount: nullable(number) }), record({ dtc: text }));

const Unit: Validator<LiveUnit> = record({
  assetId: text,
  recordedAt: number,
  latitude: number,
  longitude: number,
  speedMps: nullable(number),
  headingDegrees: nullable(number),
  odometerMeters: nullable(number),
  engineSeconds: nullable(number),
  ignition: nullable(bool),
  lastMovedAt: nullable(number),
  faults: list(record({ fault: Fault, since: number })),
});

/**
 * What /parties/fleet-room sends as text. `seq` names the arrival batch: send it back as `?since=` after a break. `numbers`
 * are those by which binary frames name the assets of the list before it.
 */
export const FleetMessage = either(
  /** First word on a socket: what changed since `since`, and every asset that this viewer may see. */
  record({ type: exactly("sync"), seq: number, units: list(Unit), visible: list(text), numbers: optional(list(number)) }),
  record({ type: exactly("moved"), seq: number, units: list(Unit), numbers: optional(list(number)) }),
  record({ type: exactly("gone"), seq: number, assetIds: list(text) }),
);
export type FleetMessage = Of<typeof FleetMessage>;

/** What /parties/board-room sends: which record changed, never its contents, and who has it open. */
export const BoardMessage = either(
  record({ type: exactly("hello"), seq: number }),
  record({ type: exactly("changed"), seq: number, kind: text, id: text, version: number }),
  /** The gap is longer than the room remembers: read everything again. */
  record({ type: exactly("reload"), seq: number }),
  /** Who else has a record open: the record that a page names with `?at=`. An empty list means that they have left. */
  record({ type: exactly("looking"), at: text, people: list(text) }),
);
export type BoardMessage = Of<typeof BoardMessage>;

export { readMessage } from "./validators";

/** Close codes of our own: the session ended, and the client must ask the gate again. */
export const SESSION_ENDED = 4401;
/** The session, or its whole party, has as many sockets open as it may: close a window first. */
export const TOO_MANY_SOCKETS = 4429;
