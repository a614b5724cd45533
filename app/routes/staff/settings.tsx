import type { ReactNode } from "react";
import { Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { planNames } from "~/kernel/plans";
import { usualRate } from "~/modules/organizations/shop-rules/shop-rules";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { staff } from "~/platform/http/guards.server";
import { PageBody, PageHeader, Section } from "~/ui/page";

export const meta = () => [{ title: "Settings" }];

export const loader = staff.loader("settings:read", async ({ services, session }) => {
  const { role } = session.membership;
  const { rules } = await readShopRules(services.db);
  return {
    unrated: usualRate(rules) === 0,
    organization: may("staff", role, "organization:manage"),
    rates: may("staff", role, "shop-rules:manage"),
    devices: may("staff", role, "device:manage"),
    vendors: may("staff", role, "vendor:manage"),
    people: may("staff", role, "people:manage"),
    tablets: may("staff", role, "driver:manage"),
    journal: may("staff", role, "journal:read"),
    canned: may("staff", role, "canned-job:manage"),
    sessionRules: may("staff", role, "session-rules:manage"),
    plan: planNames[session.organization.plan],
  };
});

export default function Settings() {
  const allowed = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody>
        <Rooms title="You">
          <Entry
            to={paths.staff.sessions}
            label="Your sign-ins"
            what="Where you are signed in, a way to end the others, and your second factor"
            open
            who="everybody"
          />
          <Entry
            to={paths.staff.notificationPreferences}
            label="Notifications"
            what="What you are told of, and whether by mail at once or once a day"
            open
            who="everybody"
          />
        </Rooms>
        <Rooms title="Shop">
          <Entry
            to={paths.staff.organization}
            label="Organization"
            what="Logo, name, contact, color, time zone, units and currency"
            open={allowed.organization}
            who="owners and managers"
          />
          <Entry
            to={paths.staff.rates}
            label="Rates and taxes"
            what={allowed.unrated ? "Not set yet: an hour of labor is charged at nothing" : "Labor rates, markup, tax by kind of line, shop supplies"}
            open={allowed.rates}
            who="owners and managers"
          />
          <Entry
            to={paths.staff.numbering}
            label="Numbering"
            what="Where work orders, estimates and invoices count on from"
            open={allowed.rates}
            who="owners and managers"
          />
          <Entry to={paths.staff.people} label="People" what="Who works here and what each may do" open={allowed.people} who="owners" />
          <Entry
            to={paths.staff.tablets}
            label="Driver tablets"
            what="Where drivers sign in with code and PIN"
            open={allowed.tablets}
            who="owners and managers"
          />
          <Entry
            to={paths.staff.sessionRules}
            label="Sign-in rules"
            what="How long staff, customers and vendors stay signed in"
            open={allowed.sessionRules}
            who="owners"
          />
          <Entry to={paths.staff.plan} label="Plan" what={`${allowed.plan}: what it has, and what more would give`} open who="everybody" />
          <Entry
            to={paths.staff.journal}
            label="What happened"
            what="Sign-ins, refusals and changes: who, what, when and from where"
            open={allowed.journal}
            who="owners and managers"
          />
        </Rooms>
        <Rooms title="Work orders">
          <Entry
            to={paths.staff.cannedJobs}
            label="Canned jobs"
            what="Repairs that come again and again, written up once"
            open={allowed.canned}
            who="owners and managers"
          />
        </Rooms>
        <Rooms title="Parts">
          <Entry
            to={paths.staff.vendors}
            label="Vendor Directory"
            what="Outside shops, and who of them may use the vendor portal"
            open={allowed.vendors}
            who="owners and managers"
          />
        </Rooms>
        <Rooms title="Telematics">
          <Entry
            to={paths.staff.devices}
            label="Devices"
            what="Trackers, the units that they ride in, and their keys"
            open={allowed.devices}
            who="owners and managers"
          />
        </Rooms>
      </PageBody>
    </>
  );
}

function Rooms({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Section title={title}>
      <ul className="divide-y divide-line border-y border-line">{children}</ul>
    </Section>
  );
}

/** What a role may not open is shown with who may, rather than hidden. */
function Entry({ to, label, what, open, who }: { to: string; label: string; what: string; open: boolean; who: string }) {
  const inner = (
    <>
      <span className={`font-semibold sm:basis-44 ${open ? "text-accent" : ""}`}>{label}</span>
      <span className="text-ink-soft">{open ? what : `${what}. Open to ${who}.`}</span>
    </>
  );
  const className = "flex min-h-(--row) flex-wrap items-center gap-x-4 px-2 py-1.5";
  return (
    <li>
      {open ? (
        <Link to={to} className={`${className} hover:bg-hover`}>
          {inner}
        </Link>
      ) : (
        <p className={className}>{inner}</p>
      )}
    </li>
  );
}
