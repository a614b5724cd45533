import type { Connection } from "partyserver";
import { MINUTE, toUtcMs, type UtcMs } from "~/kernel/time";
import type { DevicePicture, FleetPicture, FleetSink, FleetViewer, RosterOf, TrailPoint } from "~/modules/telematics/fleet";
import { emptyFleet, type FaultChange, type FleetState, type Outcome, replay, type Snapshot, take } from "~/modules/telematics/fleet-state";
import { liveUnitOf } from "~/modules/telematics/live-unit";
import type { Reading } from "~/modules/telematics/readings/reading";
import { indexRoster, isVisibleTo, type Roster, viewingCustomer } from "~/modules/telematics/roster";
import { AssetNumbers } from "./asset-numbers";
import { type Batch, type Change, movedText } from "./fleet-frames";
import { FleetLog, type SeenTimes } from "./fleet-log";
import { formatIn, positionsTag, sendPositions } from "./position-sockets";
import type { FleetMessage } from "./protocol";
import { Room } from "./room";
import { scopeTag, type Viewer } from "./viewer";

const FLUSH_EVERY = 15 * MINUTE;
const SOON = 1_000;

type Intake = { outcomes: Outcome[]; changes: Change[]; faults: FaultChange[] };
type Arrival = { known: Known; now: UtcMs; seq: number };
type Known = { version: number; roster: Roster; devicesWithOwnKey: ReadonlySet<string> };

/**
 * One organization's trackers, live. A batch is durable before it is answered and costs one row,
 * however many positions it holds; what is current lives in memory and is rebuilt from the log.
 */
export abstract class FleetRoomBase extends Room {
  private readonly log: FleetLog;
  private readonly numbers: AssetNumbers;
  private state: FleetState;
  private known: Known | null;

  /** Where the alarm puts what belongs into the database; wired in workers/rooms.ts. */
  protected abstract sink(): FleetSink;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.log = new FleetLog(ctx.storage.sql);
    this.numbers = new AssetNumbers(ctx.storage.sql);
    const saved = this.log.roster();
    this.known = saved && knownOf(saved);
    this.state = emptyFleet();
    if (this.known) this.recall(this.known.roster);
  }

  async ingest(readings: readonly Reading[], through: string | null): Promise<Outcome[] | null> {
    const known = this.known;
    if (!known) return null;
    const now = toUtcMs(Date.now());
    const before = this.log.lastSeq;
    const seq = this.log.nextSeq(now);
    const { outcomes, changes, faults } = this.takeIn(readings, through, { known, now, seq });
    const plans: Promise<void>[] = [];
    if (faults.length > 0) plans.push(this.schedule("faults", now));
    if (changes.length > 0 && !this.log.flushPlanned) plans.push(this.planFlush(now));
    if (changes.length > 0) this.announce(changes, { seq, before }, now);
    // Begun before anything is waited for, so that a batch and its plans are on disk together.
    await Promise.all(plans);
    return outcomes;
  }

  async applyRoster(next: RosterOf): Promise<void> {
    const before = this.known;
    if (before && before.version >= next.version) return;
    this.log.saveRoster(next);
    this.known = knownOf(next);
    if (!before) return this.recall(this.known.roster);
    const now = toUtcMs(Date.now());
    const seq = this.log.lastSeq;
    for (const scope of this.openScopes()) {
      const was = this.visible(scope, before.roster, now);
      const is = this.visible(scope, this.known.roster, now);
      const gone = [...was.keys()].filter((id) => !is.has(id));
      const came = [...is.values()].filter(({ assetId }) => !was.has(assetId));
      if (gone.length > 0) this.sendMessage(scope, { type: "gone", seq, assetIds: gone });
      if (came.length > 0) this.sendText(scope, movedText(seq, came, this.numbers));
    }
  }

  async picture(viewer: FleetViewer): Promise<FleetPicture> {
    const scope = viewer.audience === "staff" ? "staff" : `customer:${viewer.customerId}`;
    return { seq: this.log.lastSeq, units: [...this.visible(scope, this.known?.roster ?? null, toUtcMs(Date.now())).values()].map(liveUnitOf) };
  }

  async trail(assetId: string, from: UtcMs, to: UtcMs): Promise<TrailPoint[]> {
    const roster = this.known?.roster;
    if (!roster) return [];
    const devices = roster.devicesOf(assetId);
    const points: TrailPoint[] = [];
    for (const reading of this.log.between(from, to, devices)) {
      if (roster.assignmentAt(reading.deviceId, reading.recordedAt)?.assetId !== assetId) continue;
      const { recordedAt: at, latitude, longitude, speedMps } = reading;
      points.push({ at, latitude, longitude, speedMps });
    }
    return points.sort((a, b) => a.at - b.at);
  }

  async devices(): Promise<DevicePicture> {
    const lastReadings = Object.fromEntries([...this.state.points].map(([code, point]) => [code, point.recordedAt]));
    return { lastReadings, ...this.log.tallies() };
  }

  protected override tagsOf(viewer: Viewer, url: URL): string[] {
    return [positionsTag(scopeTag(viewer), formatIn(url))];
  }

  protected override joined(connection: Connection<Viewer>, viewer: Viewer, url: URL): void {
    const asked = Number(url.searchParams.get("since") ?? 0);
    // A number from the future is from before this room's storage was restored: start over.
    // Who was away while the roster changed may see units that moved long before: they get all of theirs.
    const since = Number.isSafeInteger(asked) && asked <= this.log.lastSeq && asked > this.log.rosterSeq ? asked : 0;
    const mine = this.visible(scopeTag(viewer), this.known?.roster ?? null, toUtcMs(Date.now()));
    const units = [...mine.values()].filter(({ seq }) => seq > since).map(liveUnitOf);
    const visible = [...mine.keys()];
    const numbers = visible.map((assetId) => this.numbers.of(assetId));
    this.send(connection, JSON.stringify({ type: "sync", seq: this.log.lastSeq, units, visible, numbers } satisfies FleetMessage));
  }

  protected override async onDue(kind: string): Promise<void> {
    if (kind === "faults") {
      const { through, changes } = this.log.faultChanges();
      await this.sink().keepFaults(changes);
      if (this.log.dropFaultChanges(through) > 0) await this.schedule("faults", Date.now());
    }
    if (kind === "flush") {
      const through = this.log.lastSeq;
      const since = this.log.flushedSeq;
      await this.sink().keepLastSeen([...this.state.snapshots.values()].filter(({ seq }) => seq > since));
      this.log.checkpoint(through, this.state);
      // What came in while the database was being written starts the next quarter of an hour.
      if (this.log.lastSeq > through) await this.planFlush(Date.now());
    }
  }

  /** Judges and writes as one: what could not be written must not be called a duplicate when it is sent again. */
  private takeIn(readings: readonly Reading[], through: string | null, arrival: Arrival): Intake {
    try {
      return this.ctx.storage.transactionSync(() => this.assessAll(readings, through, arrival));
    } catch (cause) {
      this.recall(arrival.known.roster);
      throw cause;
    }
  }

  private assessAll(readings: readonly Reading[], through: string | null, { known, now, seq }: Arrival): Intake {
    const seen = this.seenBefore(readings);
    const kept: Reading[] = [];
    const changes = new Map<string, Change>();
    const faults: FaultChange[] = [];

    const outcomes = readings.map((reading): Outcome => {
      if (known.devicesWithOwnKey.has(reading.deviceId) && through !== reading.deviceId) return { kind: "own-key" };
      const taken = take(this.state, reading, { roster: known.roster, now, seq });
      const outcome = taken.outcome.kind === "late" && seen.holds(reading) ? ({ kind: "duplicate" } as const) : taken.outcome;
      if (outcome.kind === "current" || outcome.kind === "unassigned" || outcome.kind === "late") {
        kept.push(reading);
        seen.add(reading);
      }
      if (outcome.kind === "unknown-device") this.log.recordUnknown(reading.deviceId, now);
      else if (outcome.kind !== "current" && outcome.kind !== "own-key") this.log.tally(reading, outcome, now);
      if (taken.changed) {
        const { assetId } = taken.changed;
        changes.set(assetId, { before: (changes.get(assetId) ?? taken).before, after: taken.changed });
      }
      faults.push(...taken.faults);
      return outcome;
    });

    if (kept.length > 0) this.log.append(seq, kept);
    this.log.addFaultChanges(faults);
    return { outcomes, changes: [...changes.values()], faults };
  }

  /** The moments that are in the log already, as far as these readings could repeat them. */
  private seenBefore(readings: readonly Reading[]): SeenTimes {
    const seen = this.log.timesAround(readings.filter((reading) => this.isOlder(reading)));
    for (const { deviceId } of readings) {
      const point = this.state.points.get(deviceId);
      if (point) seen.add({ deviceId, recordedAt: point.recordedAt });
    }
    return seen;
  }

  private async planFlush(now: number): Promise<void> {
    this.log.flushPlanned = true;
    await this.schedule("flush", now + FLUSH_EVERY + SOON);
  }

  /** What is current, made anew from the log alone. */
  private recall(roster: Roster): void {
    this.state = emptyFleet();
    this.log.restore(this.state);
    for (const { seq, readings } of this.log.after(this.log.flushedSeq)) {
      for (const reading of readings) replay(this.state, reading, roster, seq);
    }
    this.log.restoreSuspects(this.state);
  }

  private isOlder(reading: Reading): boolean {
    const point = this.state.points.get(reading.deviceId);
    return point !== undefined && reading.recordedAt < point.recordedAt;
  }

  private announce(changes: readonly Change[], batch: Batch, now: UtcMs): void {
    const roster = this.known?.roster;
    if (!roster) return;
    sendPositions(this.ctx, this.numbers, { scope: "staff", changes, batch, wasVisible: () => true });
    const byOwner = new Map<string, Change[]>();
    for (const change of changes) {
      const owner = viewingCustomer(roster, { ...change.after, now });
      if (owner === null) continue;
      const its = byOwner.get(owner);
      if (its) its.push(change);
      else byOwner.set(owner, [change]);
    }
    for (const [owner, its] of byOwner) {
      const wasVisible = ({ before }: Change) => before !== null && isVisibleTo(roster, owner, { ...before, now });
      sendPositions(this.ctx, this.numbers, { scope: `customer:${owner}`, changes: its, batch, wasVisible });
    }
  }

  private visible(scope: string, roster: Roster | null, now: UtcMs): Map<string, Snapshot> {
    const all = roster ? [...this.state.snapshots.values()].filter((snapshot) => isVisible(scope, snapshot, roster, now)) : [];
    return new Map(all.map((snapshot) => [snapshot.assetId, snapshot]));
  }

  private openScopes(): Set<string> {
    const scopes = new Set<string>();
    for (const connection of this.getConnections<Viewer>()) if (connection.state) scopes.add(scopeTag(connection.state));
    return scopes;
  }

  private sendMessage(scope: string, message: FleetMessage): void {
    this.sendText(scope, JSON.stringify(message));
  }

  private sendText(scope: string, text: string): void {
    for (const connection of this.getConnections(scope)) this.send(connection, text);
  }
}

function isVisible(scope: string, snapshot: Snapshot, roster: Roster, now: UtcMs): boolean {
  if (scope === "staff") return true;
  const [audience, customerId] = scope.split(":");
  return audience === "customer" && isVisibleTo(roster, customerId ?? "", { ...snapshot, now });
}

const knownOf = ({ version, assignments, devicesWithOwnKey }: RosterOf): Known => ({
  version,
  roster: indexRoster(assignments),
  devicesWithOwnKey: new Set(devicesWithOwnKey),
});
