import { Form, redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { enrolTablet } from "~/modules/drivers/tablets.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { brandOf } from "~/sign-in/brand.server";
import { FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Enroll this tablet" }];

/** Opening the address does nothing, so a scanner can't use it up; the button enrolls the tablet. */
export const loader = anyone.loader("the page behind a tablet's QR code", async ({ request, platform }) => ({
  brand: brandOf(await brandOfHost(platform, request)),
}));

export const action = anyone.action("redeems the one-time link behind a tablet's QR code", z.object({}), async ({ context, request, params }) => {
  const enrolled = await enrolTablet(context, request, params.token ?? "");
  if (enrolled.ok) throw redirect(paths.driver.signIn, { headers: { "Set-Cookie": enrolled.value.cookie } });
  return problem(401, { message: "This link has been used or has expired." });
});

export default function Enrol() {
  const { brand } = useLoaderData<typeof loader>();
  const refused = useFormResult<typeof action>()?.problem;
  return (
    <SignInShell
      brand={brand}
      density="driver"
      title={refused ? "Not enrolled" : "Enroll this tablet?"}
      lead={refused ? undefined : "Drivers can then sign in on it with a code and PIN until the shop removes it."}
    >
      {refused ? (
        <FormProblem problem={{ what: refused.message, todo: "Ask the shop for a new QR code." }} />
      ) : (
        <Form method="post">
          <SubmitButton pendingLabel="Enrolling" wide>
            Enroll this tablet
          </SubmitButton>
        </Form>
      )}
    </SignInShell>
  );
}
