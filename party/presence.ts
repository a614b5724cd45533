import type { Viewer } from "./viewer";

/** More names would tell a viewer nothing, and each join sends them to all viewers. */
export const MOST_NAMES = 20;

type Socket = { id: string };
type Place<S> = { sockets: Map<string, { socket: S; viewer: Viewer }>; sessionsByName: Map<string, Map<string, number>> };

/** Who of a shop's staff has which record open. Kept in memory, so that a join costs the same however many are there. */
export class Presence<S extends Socket> {
  /** Boards, which show all records, are under null. */
  private readonly places = new Map<string | null, Place<S>>();

  add(socket: S, viewer: Viewer): void {
    const place = this.places.get(viewer.at) ?? { sockets: new Map(), sessionsByName: new Map() };
    this.places.set(viewer.at, place);
    if (place.sockets.has(socket.id)) return;
    place.sockets.set(socket.id, { socket, viewer });
    const sessions = place.sessionsByName.get(viewer.name) ?? new Map<string, number>();
    place.sessionsByName.set(viewer.name, sessions);
    sessions.set(viewer.sessionId, (sessions.get(viewer.sessionId) ?? 0) + 1);
  }

  remove({ id }: Socket, at: string | null): void {
    const place = this.places.get(at);
    const viewer = place?.sockets.get(id)?.viewer;
    if (!place || !viewer) return;
    place.sockets.delete(id);
    if (place.sockets.size === 0) this.places.delete(at);
    const sessions = place.sessionsByName.get(viewer.name);
    const left = (sessions?.get(viewer.sessionId) ?? 0) - 1;
    if (left > 0) sessions?.set(viewer.sessionId, left);
    else sessions?.delete(viewer.sessionId);
    if (sessions?.size === 0) place.sessionsByName.delete(viewer.name);
  }

  /** Records that somebody has open. */
  records(): string[] {
    return [...this.places.keys()].filter((at) => at !== null);
  }

  /** How many are notified of a change at a record: who has it open, and the boards. */
  countRecipients(record: string): number {
    return (this.places.get(record)?.sockets.size ?? 0) + (this.places.get(null)?.sockets.size ?? 0);
  }

  *recipients(record: string): Generator<{ socket: S; people: string[] }> {
    for (const at of [record, null])
      for (const { socket, viewer } of this.places.get(at)?.sockets.values() ?? []) yield { socket, people: this.people(record, viewer.sessionId) };
  }

  /** Who else has the record open than this session: the first of them, by name. */
  people(record: string, mine: string): string[] {
    const people: string[] = [];
    for (const [name, sessions] of this.places.get(record)?.sessionsByName ?? []) {
      if (people.length === MOST_NAMES) break;
      const isOnlyMe = sessions.size === 1 && sessions.has(mine);
      if (name !== "" && !isOnlyMe) people.push(name);
    }
    return people.sort();
  }
}
