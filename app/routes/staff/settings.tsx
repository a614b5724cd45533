import type { ReactNode } from "react";
import { Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { planNames } from "~/kernel/plans";
import { usualRate } from "~/modules/organizations/shop-rules/shop-rules";
import { readShopRules } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { staff } from "~/platform/http/guards.server";
import { countUnsentMails } from "~/queries/staff/unsent-mails.server";
import { PageBody, PageHeader, Section } from "~/ui/page";

export const meta = () => [{ title: "Settings" }];

export const loader = staff.loader("settings:read", async ({ services, session }) => {
  const { role } = session.membership;
  const customers = may("staff", role, "customer:manage");
  const [{ rules }, unsent] = await Promise.all([readShopRules(services.db), customers ? countUnsentMails(services.db) : 0]);
  return {
    unrated: usualRate(rules) === 0,
    customers,
    unsent,
    organization: may("staff", role, "organization:manage"),
    rates: may("staff", role, "shop-rules:manage"),
    devices: may("staff", role, "device:manage"),
    vendors: may("staff", role, "vendor:manage"),
    people: may("staff", role, "people:manage"),
    tablets: may("staff", role, "driver:manage"),
    journal: may("staff", role, "journal:read"),
    canned: may("staff", role, "canned-job:manage"),
    sessionRules: may("staff", role, "session-rules:manage"),
    payments: may("staff", role, "payments:read"),
    plan: planNames[session.organization.plan],
  };
});

export default function Settings() {
  const allowed = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody>
        <SettingsGroup title="You">
          <Entry to={paths.staff.sessions} label="Sign-in and security" what="See and end your sessions, and set up your second factor" open who="everyone" />
          <Entry
            to={paths.staff.notificationPreferences}
            label="Notification preferences"
            what="What you're notified about, and how: right away by email or once a day"
            open
            who="everyone"
          />
        </SettingsGroup>
        <SettingsGroup title="Shop">
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
            what={allowed.unrated ? "Not set yet: labor is charged at zero" : "Labor rates, markup, tax by kind of line, shop supplies"}
            open={allowed.rates}
            who="owners and managers"
          />
          <Entry
            to={`${paths.staff.settings}/opening-hours`}
            label="Opening hours"
            what="When the shop is open, for answers that are wanted by a time"
            open={allowed.rates}
            who="owners and managers"
          />
          <Entry
            to={`${paths.staff.settings}/mail`}
            label="Unsent email"
            what={allowed.unsent > 0 ? `${allowed.unsent} waiting for a person: send again, correct the address or dismiss` : "No email waits for a person"}
            open={allowed.customers}
            who="owners and managers"
          />
          <Entry
            to={paths.staff.numbering}
            label="Numbering"
            what="The next numbers for work orders, estimates and invoices"
            open={allowed.rates}
            who="owners and managers"
          />
          <Entry
            to={paths.staff.inspectionSettings}
            label="Inspections"
            what="How long a defect may wait for its certification"
            open={allowed.organization}
            who="owners and managers"
          />
          <Entry to={paths.staff.people} label="People" what="Who works here and what they can do" open={allowed.people} who="owners" />
          <Entry
            to={paths.staff.tablets}
            label="Driver tablets"
            what="Tablets where drivers sign in with a code and PIN"
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
          <Entry
            to={paths.staff.payments}
            label="Payments"
            what="The shop's Square account, where customers pay invoices"
            open={allowed.payments}
            who="owners and managers"
          />
          <Entry to={paths.staff.plan} label="Plan" what={`${allowed.plan}: what it includes, and what other plans add`} open who="everyone" />
          <Entry
            to={paths.staff.journal}
            label="Activity"
            what="Sign-ins, denied requests and changes: who, what, when and from where"
            open={allowed.journal}
            who="owners and managers"
          />
        </SettingsGroup>
        <SettingsGroup title="Work orders">
          <Entry
            to={paths.staff.cannedJobs}
            label="Canned jobs"
            what="Common repairs, ready to add to an order"
            open={allowed.canned}
            who="owners and managers"
          />
        </SettingsGroup>
        <SettingsGroup title="Parts">
          <Entry
            to={paths.staff.vendors}
            label="Vendor Directory"
            what="Outside shops and their portal access"
            open={allowed.vendors}
            who="owners and managers"
          />
        </SettingsGroup>
        <SettingsGroup title="Telematics">
          <Entry to={paths.staff.devices} label="Devices" what="Trackers, their units and their keys" open={allowed.devices} who="owners and managers" />
        </SettingsGroup>
      </PageBody>
    </>
  );
}

function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Section title={title}>
      <ul className="divide-y divide-line border-y border-line">{children}</ul>
    </Section>
  );
}

/** A page that the role can't open is listed with the roles that can, rather than hidden. */
function Entry({ to, label, what, open, who }: { to: string; label: string; what: string; open: boolean; who: string }) {
  const inner = (
    <>
      <span className={`font-semibold sm:basis-44 ${open ? "text-accent" : ""}`}>{label}</span>
      <span className="text-ink-soft">{open ? what : `${what}. Only for ${who}.`}</span>
    </>
  );
  const className = "flex min-h-(--row) flex-col justify-center gap-x-4 px-2 py-1.5 sm:flex-row sm:items-center sm:justify-start";
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
