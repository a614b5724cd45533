import { createRequestHandler, type ServerBuild } from "react-router";
import { privateByDefault } from "~/platform/http/headers.server";
// @ts-expect-error the build makes this file
import * as build from "../build/server/index.js";
import { answer, consume, sweep } from "./background";
import type { QueueMessage } from "./outbox-dispatcher";

export { MailPacer } from "./mail-pacer";
export { BoardRoom, FleetRoom } from "./rooms";

const page = createRequestHandler(build as unknown as ServerBuild, "production");

export default {
  async fetch(request, env, execution) {
    return answer(request, env, execution, async (context) => privateByDefault(await page(request, context)));
  },
  queue: consume,
  scheduled: (_event, env, execution) => sweep(env, execution),
} satisfies ExportedHandler<Env, QueueMessage>;
