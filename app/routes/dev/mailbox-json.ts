import { readMailbox } from "~/platform/http/mailbox.server";
import { anyone } from "~/platform/http/open.server";

export const loader = anyone.loader("development only: not in a production build", async ({ url, platform }) =>
  Response.json(await readMailbox(platform, url.searchParams.get("to")), { headers: { "Cache-Control": "no-store" } }),
);
