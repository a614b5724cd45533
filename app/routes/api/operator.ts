import * as z from "zod";
import { plans } from "~/kernel/plans";
import type { Fault } from "~/modules/audit/seal";
import { verifyJournal } from "~/modules/audit/verify-journal.server";
import { openShop } from "~/modules/customers/open-shop.server";
import { setPlan } from "~/modules/organizations/set-plan.server";
import { isCurrency, isSlug, isZone, petrol } from "~/modules/organizations/shop-details";
import { checkPassword } from "~/modules/people/passwords/password";
import { dropFactor } from "~/modules/people/second-factor/remove-factor.server";
import { operator } from "~/platform/http/operator.server";
import { forJob, forOperator } from "~/platform/scope/scope.server";

const Command = z.discriminatedUnion("command", [
  z.object({ command: z.literal("organizations") }),
  z.object({ command: z.literal("verify-journal"), slug: z.string().optional() }),
  z.object({ command: z.literal("plan"), slug: z.string(), plan: z.enum(plans) }),
  z.object({ command: z.literal("drop-factor"), email: z.string() }),
  z.object({
    command: z.literal("open"),
    slug: z.string().refine(isSlug, "lowercase letters, digits and dashes, starting with a letter"),
    name: z.string().min(2),
    zone: z.string().refine(isZone, "an IANA time zone such as America/Chicago"),
    currency: z.string().refine(isCurrency, "three capital letters of a currency with cents, such as USD").default("USD"),
    units: z.enum(["mi", "km"]).default("mi"),
    plan: z.enum(plans).default("free"),
    origin: z.url("the public address, such as https://harbor.example.com"),
    owner: z.string().min(1),
    email: z.email(),
    password: z.string().refine((text) => checkPassword(text).ok, "10 to 200 characters, and not a common password"),
  }),
]);

/** The API behind `npm run operator`: one command per request, answered as JSON. */
export const action = operator.action(Command, async (command, { platform, context, request }) => {
  const { directory } = platform;
  switch (command.command) {
    case "organizations":
      return { status: 200, body: { organizations: await directory.organizations() } };
    case "verify-journal": {
      const one = command.slug === undefined ? null : await directory.organizationBySlug(command.slug);
      if (command.slug !== undefined && !one) return { status: 404, body: { error: `There is no organization ${command.slug}.` } };
      const journals: { slug: string; sealed: number | null; fault: Fault | null }[] = [];
      for (const { id, slug } of one ? [one] : await directory.organizations()) {
        const verified = await verifyJournal(context.servicesFor(forOperator(id, request)));
        journals.push(verified.ok ? { slug, sealed: verified.value.sealed, fault: null } : { slug, sealed: null, fault: verified.error });
      }
      return { status: 200, body: { sound: journals.every(({ fault }) => fault === null), journals } };
    }
    case "plan": {
      const organization = await directory.organizationBySlug(command.slug);
      const set = organization && (await setPlan(context.servicesFor(forOperator(organization.id, request)), command.plan));
      return set?.ok
        ? { status: 200, body: { slug: command.slug, before: set.value.before, plan: command.plan } }
        : { status: 404, body: { error: `There is no organization ${command.slug}.` } };
    }
    case "drop-factor": {
      const dropped = await dropFactor({ ...platform, databaseOf: (id) => context.servicesFor(forOperator(id, request)).db }, command.email);
      if (dropped.ok) return { status: 200, body: { email: command.email, secondFactor: "removed", shops: dropped.value.shops } };
      const message = dropped.error.kind === "no-account" ? "No account uses this email address." : "This account has no second factor.";
      return { status: 404, body: { error: message } };
    }
    case "open": {
      const { slug, name, zone, currency, units, plan, origin, owner, email, password } = command;
      if (await directory.organizationBySlug(slug)) return { status: 409, body: { error: `${slug} is taken.` } };
      const opened = await openShop(
        { ...platform, databaseOf: (id) => context.servicesFor(forJob(id, "operator", request)).db },
        {
          details: { slug, name, plan, zone, locale: "en-US", currency, distanceUnit: units, brandColor: petrol, phone: null, email },
          publicOrigin: new URL(origin).origin,
          hosts: [new URL(origin).host],
          owner: { name: owner, email, password },
        },
      );
      return opened.ok
        ? { status: 201, body: { slug, organization: opened.value.organizationId } }
        : { status: 422, body: { error: "email: not a valid email address." } };
    }
  }
});
