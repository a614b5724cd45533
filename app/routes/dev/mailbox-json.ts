import { readMailbox } from "~/platform/http/mailbox.server";
import { anyone } from "~/platform/http/public-guard.server";

export const loader = anyone.loader("development only: not in a production build", async ({ url, platform }) =>
  Response.json(await readMailbox(platform, url.searchParams.get("to")), { headers: { "Cache-Control": "no-store" } }),
);
