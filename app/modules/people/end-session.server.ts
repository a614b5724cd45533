import type { Id } from "~/kernel/ids";
import type { Clock } from "~/kernel/time";
import type { Directory } from "~/platform/directory/directory.server";

/** A room, as far as showing somebody out goes. */
export type Sockets = { closeTagged(tag: string): Promise<number> };
type Needs = { directory: Directory; clock: Clock; fleet: Sockets; board: Sockets };

/** Ends a session for good with the views that were started from it, and closes the sockets that they had opened. */
export async function endSession(s: Needs, id: Id<"session">): Promise<void> {
  for (const ended of await s.directory.endSession(id, s.clock.now()))
    await Promise.all([s.fleet.closeTagged(`session:${ended}`), s.board.closeTagged(`session:${ended}`)]);
}
