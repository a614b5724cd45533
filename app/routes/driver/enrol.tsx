import { Form, redirect, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { enrolTablet } from "~/modules/drivers/tablets.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { brandOf } from "~/sign-in/brand.server";
import { FormProblem, SubmitButton } from "~/ui/form";
import { SignInShell } from "~/ui/sign-in-shell";

export const meta = () => [{ title: "Enrol this tablet" }];

/** Opening the address does nothing, whoever scans it; its button spends it. */
export const loader = anyone.loader("the page behind a tablet's QR", async ({ request, platform }) => ({
  brand: brandOf(await brandOfHost(platform, request)),
}));

export const action = anyone.action("spends the address behind a tablet's QR", z.object({}), async ({ context, params }) => {
  const enrolled = await enrolTablet(context, params.token ?? "");
  if (enrolled.ok) throw redirect(paths.driver.signIn, { headers: { "Set-Cookie": enrolled.value.cookie } });
  return problem(401, { message: "This address is used up or older than 15 minutes." });
});

export default function Enrol() {
  const { brand } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>()?.problem;
  return (
    <SignInShell
      brand={brand}
      density="driver"
      title={refused ? "Not enrolled" : "Enrol this tablet?"}
      lead={refused ? undefined : "Drivers then sign in on it with code and PIN, until the shop removes it."}
    >
      {refused ? (
        <FormProblem problem={{ what: refused.message, todo: "Ask the shop for a new one." }} />
      ) : (
        <Form method="post">
          <SubmitButton pendingLabel="Enrolling" wide>
            Enrol this tablet
          </SubmitButton>
        </Form>
      )}
    </SignInShell>
  );
}
