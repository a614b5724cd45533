import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { OutboxDispatcher } from "~/platform/outbox/drain.server";
import type { Platform } from "~/platform/platform.server";
import { handlersOf } from "./outbox-handlers";

export type QueueMessage = { organizationId: string; key: string };

export function outboxDispatcherOf(env: Env, platform: Platform, db: ScopedDatabase<"job">): OutboxDispatcher {
  const handlers = handlersOf(env, platform, db);
  return {
    db,
    clock: platform.clock,
    handlerOf: (kind) => handlers[kind] ?? null,
    enqueue: async (key) => {
      await env.OUTBOX.send({ organizationId: db.scope.organizationId, key } satisfies QueueMessage);
    },
  };
}
