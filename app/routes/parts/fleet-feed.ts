import { applyPositions, applyUpdate, type LiveFleet } from "~/modules/telematics/live-fleet";
import { PositionFrame, UnreadableFrame } from "~/modules/telematics/position-frame";
import { FleetMessage, readMessage } from "../../../party/protocol";

/** After so many attempts that ended with records it had no use for, a page asks for text, which it can always read. */
const ATTEMPTS = 3;

/** A page's fleet and what it knows of the room: kept current by the room's messages, text and records alike. */
export class FleetFeed {
  fleet: LiveFleet;
  seq: number;
  private readonly assets = new Map<number, string>();
  private failures = 0;

  /** Begins with what the page was served: the fleet as of a batch. */
  constructor(fleet: LiveFleet, seq: number) {
    this.fleet = fleet;
    this.seq = seq;
  }

  /** How the room is asked for positions at the next connection. */
  get format(): "binary" | "json" {
    return this.failures < ATTEMPTS ? "binary" : "json";
  }

  /** Answers whether the fleet may have changed. */
  receiveText(text: string): boolean {
    const message = readMessage(FleetMessage, text);
    if (!message) return false;
    if (message.type !== "gone") {
      const ids = message.type === "sync" ? message.visible : message.units.map(({ assetId }) => assetId);
      for (const [at, number] of (message.numbers ?? []).entries()) this.assets.set(number, ids[at] ?? "");
    }
    this.seq = message.seq;
    this.fleet = applyUpdate(this.fleet, message);
    return true;
  }

  /**
   * False asks for a new connection from the last `seq` on: the records are of a unit that this page does not have, or
   * are none that it can read.
   */
  receiveRecords(bytes: ArrayBuffer): boolean {
    const frame = readable(bytes);
    const next = frame && applyPositions(this.fleet, frame, this.assets);
    if (!next) {
      this.failures += 1;
      return false;
    }
    this.failures = 0;
    this.seq = frame.seq;
    this.fleet = next;
    return true;
  }
}

function readable(data: ArrayBuffer): PositionFrame | null {
  try {
    return new PositionFrame(data);
  } catch (cause) {
    if (cause instanceof UnreadableFrame) return null;
    throw cause;
  }
}
