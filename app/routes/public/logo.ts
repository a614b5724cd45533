import { parseId } from "~/kernel/ids";
import { logoType } from "~/modules/organizations/organization";
import { orNotFound } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { forJob } from "~/platform/scope/scope.server";

/** A shop's logo. Its address is its checksum, so it never changes and may be kept by everybody. */
export const loader = anyone.loader("a shop's logo stands on its door and in its mails", async ({ params, context }) => {
  const organizationId = orNotFound(parseId("organization", params.organizationId));
  const mediaType = orNotFound(logoType(params.name));
  const body = orNotFound(await context.servicesFor(forJob(organizationId, "logo")).files.read(`logos/${params.name}`));
  return new Response(body, {
    headers: {
      "Content-Type": mediaType,
      "Cache-Control": "public, max-age=31536000, immutable",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      // Mail programs show it from elsewhere.
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
});
