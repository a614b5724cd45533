import { redirect, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { changeLogo } from "~/modules/organizations/change-organization.server";
import { MAX_LOGO_BYTES } from "~/modules/organizations/organization";
import { LogoForm } from "~/modules/organizations/organization.view";
import { bytesUpTo } from "~/platform/http/body.server";
import { staff } from "~/platform/http/guards.server";
import { problem } from "~/platform/http/problem.server";
import { FormProblem } from "~/ui/form";
import { PageBody, PageHeader } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Logo" }];

export const loader = staff.loader("organization:manage", async ({ session }) => ({
  shop: session.organization.name,
  logo: session.organization.logo !== null,
}));

const TOO_LARGE = { message: "A logo can be up to 1 MB. Make it smaller and choose it again." };

export const action = staff.stream("organization:manage", async ({ request, services, session }) => {
  const body = await bytesUpTo(request, MAX_LOGO_BYTES + 16_384);
  if (!body) return problem(413, TOO_LARGE);
  const form = await new Response(body, { headers: { "Content-Type": request.headers.get("Content-Type") ?? "" } }).formData().catch(() => null);
  const file = form?.get("logo");
  const removes = form?.get("intent") === "remove";
  if (!removes && !(file instanceof File && file.size > 0)) return problem(422, { message: "Choose a picture first." });
  const bytes = file instanceof File && !removes ? new Uint8Array(await file.arrayBuffer()) : null;
  const changed = await changeLogo(services, bytes, session.organization);
  if (changed.ok) {
    // The page that follows shows the logo from where it is served.
    await services.drainNow();
    return redirect(paths.staff.organization, 303);
  }
  if (changed.error.kind === "too-large") return problem(413, TOO_LARGE);
  if (changed.error.kind === "too-fine") return problem(422, { message: "A logo can be up to 2,000 by 2,000 pixels. Make it smaller and choose it again." });
  return problem(415, { message: "A logo must be a PNG, JPEG or WebP picture. Choose another file." });
});

/** The page that shows the logo form again when it was refused. */
export default function OrganizationLogo() {
  const { shop, logo } = useLoaderData<typeof loader>();
  const refusal = useFormResult<typeof action>()?.problem;
  return (
    <>
      <PageHeader title={`Logo for ${shop}`} />
      <PageBody>
        {refusal && <FormProblem problem={{ what: refusal.message, safe: "The logo is unchanged." }} />}
        <LogoForm has={logo} />
      </PageBody>
    </>
  );
}
