import { type AppLoadContext, Form, Link, redirect, useLoaderData } from "react-router";
import * as z from "zod";
import { isPortal, type Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import { homeOf } from "~/kernel/paths";
import { readCustomerNames } from "~/modules/customers/customer-names.read.server";
import { chooserAccount, clearChooserCookie, spendChoice } from "~/modules/people/organization-chooser.server";
import { readVendorNames } from "~/modules/vendors/vendor-names.read.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { FoundSession, Membership } from "~/platform/directory/directory.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { orNotFound } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import type { Platform } from "~/platform/platform.server";
import { forJob } from "~/platform/scope/scope.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { brandOf } from "~/sign-in/brand.server";
import { completeSignIn, membershipsFor, switchableAccount } from "~/sign-in/complete-sign-in.server";
import { Button } from "~/ui/button";
import { SignInShell } from "~/ui/sign-in-shell";

export const meta = () => [{ title: "Choose an account" }];

type Choosing = { audience: Portal; places: Membership[] /** The current session, if the person switches from one. */; from: FoundSession | null };

/** The memberships that a person can choose from, right after sign-in or from a session; others go back to the sign-in page. */
async function chooserState(request: Request, platform: Platform, portal: string | undefined): Promise<Choosing> {
  const audience = orNotFound(isPortal(portal) ? portal : null);
  const chooser = chooserAccount(request, platform.settings.linkKey, audience, platform.clock.now());
  const from = chooser ? null : await sessionOf(platform, request, audience);
  const account = chooser ?? (from && switchableAccount(from));
  if (!account) throw redirect(homeOf[audience]);
  const places = await membershipsFor(platform, request, account, audience);
  if (from && places.every(({ id }) => id === from.membership.id)) throw redirect(homeOf[audience]);
  return { audience, places, from };
}

/** The names of the customers or vendors that memberships belong to. Staff and drivers have none. */
async function partyNames(db: ScopedDatabase<"job">, portal: Portal, parties: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (portal === "customer") return new Map((await readCustomerNames(db, parties as Id<"customer">[])).map(({ id, name }) => [id, name])); // a customer membership's party is a customer
  if (portal === "vendor") return readVendorNames(db, parties as Id<"vendor">[]); // a vendor membership's party is a vendor
  return new Map();
}

/** Each membership with its shop's name and its customer or vendor. */
async function named({ platform, servicesFor }: AppLoadContext, audience: Portal, places: readonly Membership[]) {
  const shops = [...new Set(places.map(({ organizationId }) => organizationId))];
  const namesByShop = await Promise.all(
    shops.map(async (id) => {
      const parties = places.flatMap(({ organizationId, partyId }) => (organizationId === id && partyId ? [partyId] : []));
      const [shop, parts] = await Promise.all([platform.directory.organization(id), partyNames(servicesFor(forJob(id, "choose")).db, audience, parties)]);
      return [id, { shop: shop?.name ?? "", parts }] as const;
    }),
  );
  const known = new Map(namesByShop);
  return places.map(({ id, organizationId, partyId, name }) => {
    const at = known.get(organizationId);
    return { id, shop: at?.shop ?? "", party: (partyId && at?.parts.get(partyId)) ?? null, as: name };
  });
}

export const loader = anyone.loader("checks the sign-in cookie or the session itself", async ({ request, params, platform, context }) => {
  const { audience, places, from } = await chooserState(request, platform, params.portal);
  const all = await named(context, audience, places);
  return {
    brand: brandOf(from?.organization ?? (await brandOfHost(platform, request))),
    places: all.filter(({ id }) => id !== from?.membership.id),
    here: all.find(({ id }) => id === from?.membership.id) ?? null,
    home: homeOf[audience],
  };
});

export const action = anyone.action(
  "checks the sign-in cookie or the session itself",
  z.object({ place: z.string() }),
  async ({ request, params, url, platform, context, form }) => {
    const { audience, places, from } = await chooserState(request, platform, params.portal);
    const membership = orNotFound(places.find(({ id }) => id === form.place));
    const to = url.searchParams.get("to");
    if (!from && !(await spendChoice(platform, request))) throw redirect(homeOf[audience]);
    const signedIn = await completeSignIn({
      context,
      request,
      portal: audience,
      membership,
      to,
      done: { factor: true, organizationChosen: true },
      since: from?.createdAt,
    });
    signedIn.headers.append("Set-Cookie", clearChooserCookie);
    throw signedIn;
  },
);

export default function Choose() {
  const { brand, places, here, home } = useLoaderData<typeof loader>();
  const shops = new Set([...places, ...(here ? [here] : [])].map(({ shop }) => shop));
  const [title, known] =
    shops.size > 1
      ? ["Choose a shop", "You have access to several shops."]
      : ["Choose an account", `You have several accounts at ${(places[0] ?? here)?.shop}.`];
  const lead = here ? `You're signed in for ${here.party ?? here.as}${shops.size > 1 ? ` at ${here.shop}` : ""}.` : known;
  return (
    <SignInShell brand={brand} title={title} lead={lead}>
      <Form method="post" className="grid gap-2">
        {places.map(({ id, shop, party, as }) => (
          <Button key={id} type="submit" name="place" value={id} wide>
            {shops.size > 1 ? shop : (party ?? as)}
            <span className="font-normal text-ink-soft">{shops.size > 1 && party ? `for ${party}` : `as ${as}`}</span>
          </Button>
        ))}
      </Form>
      {here && (
        <Link to={home} className="inline-flex min-h-(--target) w-fit items-center text-accent underline underline-offset-2">
          Stay here
        </Link>
      )}
    </SignInShell>
  );
}
