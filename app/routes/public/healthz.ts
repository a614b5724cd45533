import { anyone } from "~/platform/http/public-guard.server";
import { log } from "~/platform/log.server";

export const loader = anyone.loader("health check of the deployment", async ({ platform }) => {
  try {
    await platform.directory.ping();
    return Response.json({ status: "ok" }, { headers: { "Cache-Control": "no-store" } });
  } catch (cause) {
    log.error("healthz", cause);
    return Response.json(
      { status: "unavailable", message: "The database does not respond." },
      { status: 503, headers: { "Cache-Control": "no-store", "Retry-After": "10" } },
    );
  }
});
