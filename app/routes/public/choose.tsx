import { redirect } from "@remix-run/cloudflare";
import { Form, useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { isFace } from "~/kernel/audience";
import { homeOf } from "~/kernel/paths";
import { chooserIn, endChoice } from "~/modules/people/choice.server";
import { anyone } from "~/platform/http/open.server";
import { orNotFound } from "~/platform/http/problem.server";
import type { Platform } from "~/platform/platform.server";
import { Button } from "~/ui/button";
import { SignInShell } from "~/ui/sign-in-shell";
import { enter } from "../enter.server";

export const meta = () => [{ title: "Which shop?" }];

/** The places of whoever has just come through this face's door in this browser; back to the door for anybody else. */
async function placesIn(request: Request, platform: Platform, face: string | undefined) {
  const audience = orNotFound(isFace(face) ? face : null);
  const account = chooserIn(request, platform.settings.linkKey, audience, platform.clock.now());
  if (!account) throw redirect(homeOf[audience]);
  const memberships = await platform.directory.membershipsOf(account, audience, null);
  return {
    audience,
    places: await Promise.all(
      memberships.map(async (membership) => ({ membership, organization: await platform.directory.organization(membership.organizationId) })),
    ),
  };
}

export const loader = anyone.loader("holds a proof of its own, from the door", async ({ request, params, platform }) => {
  const { places } = await placesIn(request, platform, params.face);
  return { places: places.map(({ membership, organization }) => ({ id: membership.id, shop: organization?.name ?? "", as: membership.name })) };
});

export const action = anyone.action(
  "holds a proof of its own, from the door",
  z.object({ place: z.string() }),
  async ({ request, params, platform, context, form }) => {
    const { audience, places } = await placesIn(request, platform, params.face);
    const { membership } = orNotFound(places.find(({ membership: { id } }) => id === form.place));
    const entered = await enter({ context, request, face: audience, membership, done: { factor: true, choice: true } });
    entered.headers.append("Set-Cookie", endChoice);
    throw entered;
  },
);

export default function Choose() {
  const { places } = useLoaderData<typeof loader>();
  return (
    <SignInShell brand={{ name: "BayTrack" }} title="Which shop?" lead="Several shops know you.">
      <Form method="post" className="grid gap-2">
        {places.map(({ id, shop, as }) => (
          <Button key={id} type="submit" name="place" value={id} wide>
            {shop}
            <span className="font-normal text-ink-soft">as {as}</span>
          </Button>
        ))}
      </Form>
    </SignInShell>
  );
}
