import { DAY, MINUTE, type UtcMs } from "~/kernel/time";
import type { DevicePicture, RosterOf } from "~/modules/telematics/fleet";
import type { FaultChange, FleetState, Outcome, Snapshot } from "~/modules/telematics/fleet-state";
import { type Current, FUTURE_TOLERANCE } from "~/modules/telematics/readings/assess-reading";
import { pack, unpack } from "~/modules/telematics/readings/packed";
import type { Reading } from "~/modules/telematics/readings/reading";
import { log } from "~/platform/log.server";

/**
 * A batch's number is its arrival in ms times this, counted up within the ms: so the primary key
 * alone answers "since when", and no index costs a second row per batch.
 */
const PER_MS = 1_000;
/** Keeps a checkpoint row far below SQLite's and D1's 2 MB. */
const PER_CHUNK = 500;
const MAX_UNKNOWN = 200;

type Batch = { seq: number; data: string };
type Moment = Pick<Reading, "deviceId" | "recordedAt">;
export type SeenTimes = { holds(moment: Moment): boolean; add(moment: Moment): void };

/** The fleet room's own SQLite: the arrival log, the checkpoint over it, the roster, and what was set aside. */
export class FleetLog {
  lastSeq: number;
  flushedSeq: number;
  flushPlanned: boolean;
  /** The last batch before the roster changed. */
  rosterSeq: number;
  private readonly unknownRecorded = new Map<string, number>();

  constructor(private readonly sql: SqlStorage) {
    sql.exec(`
      create table if not exists batches (seq integer primary key, devices text not null, data text not null);
      create table if not exists checkpoint (chunk integer primary key, data text not null);
      create table if not exists facts (name text primary key, value text not null) without rowid;
      create table if not exists suspects (device text primary key, data text not null) without rowid;
      create table if not exists set_aside (id integer primary key, device text not null, why text not null, data text not null);
      create table if not exists tallies (device text primary key, duplicates integer not null default 0, late integer not null default 0, aside integer not null default 0, unassigned integer not null default 0, last_aside text) without rowid;
      create table if not exists unknown_devices (code text primary key, first_at integer not null, last_at integer not null, requests integer not null) without rowid;
      create table if not exists fault_changes (id integer primary key autoincrement, data text not null);
    `);
    this.flushedSeq = Number(this.fact("flushed-seq") ?? 0);
    this.lastSeq = Math.max(this.flushedSeq, sql.exec<{ seq: number }>("select ifnull(max(seq), 0) as seq from batches").one().seq);
    this.rosterSeq = Number(this.fact("roster-seq") ?? 0);
    this.flushPlanned = sql.exec("select 1 from due where kind = 'flush'").toArray().length > 0;
  }

  nextSeq(now: UtcMs): number {
    return Math.max(this.lastSeq + 1, now * PER_MS);
  }

  append(seq: number, readings: readonly Reading[]): void {
    const devices = [...new Set(readings.map(({ deviceId }) => deviceId))];
    this.sql.exec("insert into batches values (?, ?, ?)", seq, JSON.stringify(devices), pack(readings));
    this.lastSeq = seq;
  }

  *after(seq: number): Iterable<{ seq: number; readings: Reading[] }> {
    for (const row of this.sql.exec<Batch>("select seq, data from batches where seq > ? order by seq", seq)) {
      yield { seq: row.seq, readings: readable(row) };
    }
  }

  /** Kept readings of these devices that were recorded in the half-open interval. */
  *between(from: number, to: number, devices: readonly string[]): Iterable<Reading> {
    if (devices.length === 0) return;
    // Nothing arrives before it was recorded, but for the drift that the judge allows.
    const rows = this.sql.exec<Batch>(
      "select seq, data from batches where seq >= ? and exists (select 1 from json_each(devices) where value in (select value from json_each(?))) order by seq",
      (from - FUTURE_TOLERANCE) * PER_MS,
      JSON.stringify(devices),
    );
    const wanted = new Set(devices);
    for (const row of rows) {
      for (const reading of readable(row)) {
        if (wanted.has(reading.deviceId) && reading.recordedAt >= from && reading.recordedAt < to) yield reading;
      }
    }
  }

  /** Which of these moments the log already holds: tells a late point apart from a duplicate. */
  timesAround(late: readonly Reading[]): SeenTimes {
    const key = ({ deviceId, recordedAt }: Moment) => `${deviceId} ${recordedAt}`;
    const seen = new Set<string>();
    if (late.length > 0) {
      const times = late.map(({ recordedAt }) => recordedAt);
      const devices = [...new Set(late.map(({ deviceId }) => deviceId))];
      for (const reading of this.between(Math.min(...times), Math.max(...times) + 1, devices)) seen.add(key(reading));
    }
    return { holds: (moment) => seen.has(key(moment)), add: (moment) => void seen.add(key(moment)) };
  }

  /** Snapshots and device points as of the last flush; later batches are replayed over them. */
  restore(state: FleetState): void {
    for (const { data } of this.sql.exec<{ data: string }>("select data from checkpoint")) {
      const chunk = JSON.parse(data) as { snapshots: Snapshot[]; points: [string, Current][] }; // written by checkpoint alone
      for (const snapshot of chunk.snapshots) state.snapshots.set(snapshot.assetId, snapshot);
      for (const [device, point] of chunk.points) state.points.set(device, point);
    }
  }

  /** After the replay: a jump that waits for a second one to confirm it must survive a nap of the room. */
  restoreSuspects(state: FleetState): void {
    for (const { device, data } of this.sql.exec<{ device: string; data: string }>("select device, data from suspects")) {
      const suspect = JSON.parse(data) as NonNullable<Current["suspect"]>; // written by tally alone
      const point = state.points.get(device);
      if (point && suspect.recordedAt > point.recordedAt) state.points.set(device, { ...point, suspect });
    }
  }

  checkpoint(through: number, state: FleetState): void {
    const snapshots = [...state.snapshots.values()];
    const points = [...state.points];
    const chunks = Math.ceil(Math.max(snapshots.length, points.length) / PER_CHUNK);
    this.sql.exec("delete from checkpoint where chunk >= ?", chunks);
    for (let chunk = 0; chunk < chunks; chunk++) {
      const part = <T>(all: readonly T[]) => all.slice(chunk * PER_CHUNK, (chunk + 1) * PER_CHUNK);
      const data = JSON.stringify({ snapshots: part(snapshots), points: part(points) });
      this.sql.exec("insert or replace into checkpoint values (?, ?)", chunk, data);
    }
    this.setFact("flushed-seq", String(through));
    this.flushedSeq = through;
    this.flushPlanned = false;
  }

  roster(): RosterOf | null {
    const text = this.fact("roster");
    return text ? (JSON.parse(text) as RosterOf) : null; // written by saveRoster alone
  }

  saveRoster(roster: RosterOf): void {
    this.rosterSeq = this.lastSeq;
    this.setFact("roster-seq", String(this.rosterSeq));
    this.setFact("roster", JSON.stringify(roster));
  }

  /** Counts what did not move the map, and keeps aside in full what a person may want to look at. */
  tally(reading: Reading, outcome: Exclude<Outcome, { kind: "current" | "unknown-device" | "own-key" }>, now: UtcMs): void {
    const column = { duplicate: "duplicates", late: "late", unassigned: "unassigned", "set-aside": "aside" }[outcome.kind];
    const message = outcome.kind === "set-aside" ? outcome.message : null;
    this.sql.exec(
      `insert into tallies (device, ${column}, last_aside) values (?, 1, ?)
       on conflict (device) do update set ${column} = ${column} + 1, last_aside = ifnull(excluded.last_aside, last_aside)`,
      reading.deviceId,
      message,
    );
    if (outcome.kind !== "set-aside") return;
    const { recordedAt, latitude, longitude, accuracyMeters } = reading;
    this.sql.exec("insert into set_aside (device, why, data) values (?, ?, ?)", reading.deviceId, outcome.why, JSON.stringify({ now, reading }));
    if (outcome.why === "impossible-jump") {
      this.sql.exec("insert or replace into suspects values (?, ?)", reading.deviceId, JSON.stringify({ recordedAt, latitude, longitude, accuracyMeters }));
    }
  }

  /** Once a minute per device is enough to see that it calls; a stranger's flood must not fill the disk. */
  recordUnknown(code: string, now: UtcMs): void {
    if (now - (this.unknownRecorded.get(code) ?? 0) < MINUTE || this.unknownRecorded.size > MAX_UNKNOWN * 10) return;
    this.unknownRecorded.set(code, now);
    this.sql.exec("delete from unknown_devices where last_at < ?", now - 30 * DAY);
    const { n } = this.sql.exec<{ n: number }>("select count(*) as n from unknown_devices where code <> ?", code).one();
    if (n >= MAX_UNKNOWN) return;
    this.sql.exec(
      "insert into unknown_devices values (?, ?, ?, 1) on conflict (code) do update set last_at = excluded.last_at, requests = requests + 1",
      code,
      now,
      now,
    );
  }

  tallies(): Omit<DevicePicture, "lastReadings"> {
    const unknown = this.sql
      .exec<{ code: string; first_at: UtcMs; last_at: UtcMs; requests: number }>("select * from unknown_devices order by last_at desc")
      .toArray()
      .map((row) => ({ code: row.code, firstAt: row.first_at, lastAt: row.last_at, requests: row.requests }));
    const tallies = this.sql
      .exec<{ device: string; duplicates: number; late: number; aside: number; last_aside: string | null }>("select * from tallies")
      .toArray()
      .map((row) => ({ code: row.device, duplicates: row.duplicates, late: row.late, rejected: row.aside, lastRejection: row.last_aside }));
    return { unknown, tallies };
  }

  addFaultChanges(changes: readonly FaultChange[]): void {
    for (const change of changes) this.sql.exec("insert into fault_changes (data) values (?)", JSON.stringify(change));
  }

  faultChanges(): { through: number; changes: FaultChange[] } {
    const rows = this.sql.exec<{ id: number; data: string }>("select id, data from fault_changes order by id limit 500").toArray();
    return { through: rows.at(-1)?.id ?? 0, changes: rows.map((row) => JSON.parse(row.data) as FaultChange) }; // written by addFaultChanges alone
  }

  /** Answers how many are left. */
  dropFaultChanges(through: number): number {
    this.sql.exec("delete from fault_changes where id <= ?", through);
    return this.sql.exec<{ n: number }>("select count(*) as n from fault_changes").one().n;
  }

  private fact(name: string): string | null {
    return this.sql.exec<{ value: string }>("select value from facts where name = ?", name).toArray()[0]?.value ?? null;
  }

  private setFact(name: string, value: string): void {
    this.sql.exec("insert or replace into facts values (?, ?)", name, value);
  }
}

/** One damaged row must not take down its fleet: it is logged, left as it is, and skipped. */
function readable({ seq, data }: Batch): Reading[] {
  try {
    return unpack(data);
  } catch (cause) {
    log.error("fleet.damaged-row", cause, { seq });
    return [];
  }
}
