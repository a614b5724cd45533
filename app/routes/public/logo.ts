import { parseId } from "~/kernel/ids";
import { logoType } from "~/modules/organizations/organization";
import { orNotFound } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { forJob } from "~/platform/scope/scope.server";

/** A shop's logo. Its URL contains its checksum, so it never changes and anyone may cache it. */
export const loader = anyone.loader("a shop's logo is public: it is on sign-in pages and in emails", async ({ params, context }) => {
  const organizationId = orNotFound(parseId("organization", params.organizationId));
  const mediaType = orNotFound(logoType(params.name));
  const body = orNotFound(await context.servicesFor(forJob(organizationId, "logo")).files.read(`logos/${params.name}`));
  return new Response(body, {
    headers: {
      "Content-Type": mediaType,
      "Cache-Control": "public, max-age=31536000, immutable",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": "sandbox; default-src 'none'",
      // Email programs load it from other origins.
      "Cross-Origin-Resource-Policy": "cross-origin",
    },
  });
});
