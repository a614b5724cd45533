import { isPortal } from "~/kernel/audience";
import { anyone } from "~/platform/http/public-guard.server";
import { sessionOf } from "~/platform/sessions/sessions.server";

/** Asked by a page after its socket was refused, because a browser can't read the refusal's status. */
export const loader = anyone.loader("tells a browser about its own cookie", async ({ request, url, platform }) => {
  const as = url.searchParams.get("as");
  const session = isPortal(as) ? await sessionOf(platform, request, as, { touch: false }) : null;
  return new Response(null, { status: session ? 204 : 401, headers: { "Cache-Control": "no-store" } });
});
