import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";

/** A room, as far as showing somebody out goes. */
export type Sockets = { closeTagged(tag: string): Promise<number> };
/** Closes what ended sessions had open, in every room. */
export async function closeSockets(rooms: readonly Sockets[], sessions: readonly Id<"session">[]): Promise<void> {
  await Promise.all(sessions.flatMap((session) => rooms.map((room) => room.closeTagged(`session:${session}`))));
}

type Needs = { directory: Directory; clock: Clock; fleet: Sockets; board: Sockets };

/** Ends a session for good with the views that were started from it, and closes the sockets that they had opened. */
export async function endSession(s: Needs, id: Id<"session">): Promise<void> {
  await closeSockets([s.fleet, s.board], await s.directory.endSession(id, s.clock.now()));
}
