import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";

/** The part of a room that closes sockets. */
export type Sockets = { closeTagged(tag: string): Promise<number> };
/** Closes the sockets of ended sessions in every room. */
export async function closeSockets(rooms: readonly Sockets[], sessions: readonly Id<"session">[]): Promise<void> {
  await Promise.all(sessions.flatMap((session) => rooms.map((room) => room.closeTagged(`session:${session}`))));
}

type Needs = { directory: Directory; clock: Clock; fleet: Sockets; board: Sockets };

/** Ends a session and the impersonations started from it, and closes their sockets. */
export async function endSession(s: Needs, id: Id<"session">): Promise<void> {
  await closeSockets([s.fleet, s.board], await s.directory.endSession(id, s.clock.now()));
}
