import { SECOND } from "~/kernel/time";
import { notifyUndeliveredMail } from "~/modules/notifications/notify-undelivered-mail.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { BoardNotifier } from "~/platform/live/board";
import type { OutboxDispatcher } from "~/platform/outbox/drain.server";
import type { Platform } from "~/platform/platform.server";
import { definitionOf, handlerOf, handlersOf } from "./outbox-handlers";

export type QueueMessage = { organizationId: string; key: string };

// Held to its port in rooms.ts.
const boardOf = (env: Env, organizationId: string) => env.BoardRoom.getByName(organizationId) as unknown as BoardNotifier;

export function outboxDispatcherOf(env: Env, platform: Platform, db: ScopedDatabase<"job">): OutboxDispatcher {
  const enqueue: OutboxDispatcher["enqueue"] = async (key, delayMs) => {
    await env.OUTBOX.send({ organizationId: db.scope.organizationId, key } satisfies QueueMessage, { delaySeconds: Math.ceil(delayMs / SECOND) });
  };
  const handlers = handlersOf(env, platform, db, enqueue);
  return {
    db,
    clock: platform.clock,
    handlerOf: (kind) => handlerOf(handlers, kind),
    gaveUp: async (kind, key) => {
      const subject = definitionOf(kind)?.undelivered;
      if (!subject) return;
      await notifyUndeliveredMail({ db, directory: platform.directory, clock: platform.clock }, { key, kind }, subject);
      await boardOf(env, db.scope.organizationId).publish(`bell:gave-up:${key}`, { kind: "notice", id: db.scope.organizationId, version: 1 }, ["staff"]);
    },
    enqueue,
  };
}
