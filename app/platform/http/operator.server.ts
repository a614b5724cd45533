import type { ActionFunctionArgs, AppLoadContext } from "react-router";
import type * as z from "zod";
import { MINUTE } from "~/kernel/time";
import { sameText } from "~/platform/crypto.server";
import type { Platform } from "~/platform/platform.server";
import { withReference } from "./error-reference.server";
import { tagged } from "./guards.server";
import { networkBehind } from "./origin.server";
import { refuse } from "./problem.server";

type Answer = { status: number; body: Record<string, unknown> };
type Around = { platform: Platform; context: AppLoadContext; request: Request };

const MAX_ATTEMPTS_PER_MINUTE = 20;
const answer = ({ status, body }: Answer, headers: HeadersInit = {}) => Response.json(body, { status, headers: { "Cache-Control": "no-store", ...headers } });

/**
 * Commands of whoever runs the deployment, by its bearer key; there is no such address where none is configured.
 * A browser cannot be made to send that header, so the check of the page that a form came from does not apply.
 */
export const operator = {
  action<S extends z.ZodType>(schema: S, handler: (command: z.output<S>, around: Around) => Promise<Answer>) {
    return tagged(
      async ({ request, context }: ActionFunctionArgs<AppLoadContext>) =>
        withReference(request, async () => {
          const { platform } = context;
          const key = platform.settings.operatorKey;
          if (!key) throw refuse(404, "Not found");
          const attempts = await platform.directory.countAttempt([`operator ${networkBehind(request)}`], MINUTE, platform.clock.now());
          if (attempts > MAX_ATTEMPTS_PER_MINUTE) return answer({ status: 429, body: { error: "Too many requests. Wait a minute." } }, { "Retry-After": "60" });
          const given = /^Bearer (.+)$/.exec(request.headers.get("Authorization") ?? "")?.[1];
          if (!given || !sameText(given, key)) return answer({ status: 401, body: { error: "The operator's key is needed." } });
          const read = schema.safeParse(await request.json().catch(() => null));
          if (!read.success)
            return answer({
              status: 422,
              body: { error: read.error.issues.map(({ path, message }) => `${path.join(".") || "command"}: ${message}`).join("; ") },
            });
          return answer(await handler(read.data, { platform, context, request }));
        }),
      "operator",
      "operate",
    );
  },
};
