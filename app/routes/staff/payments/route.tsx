import { useEffect } from "react";
import { useLoaderData } from "react-router";
import { staff } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useFormResult } from "~/ui/use-form-result";
import { BankTransfers } from "./bank-transfers";
import { commands } from "./commands.server";
import { ConnectionFacts } from "./connection-facts";
import { paymentsPage } from "./data.server";
import { Disputes } from "./disputes";
import { FeesAndPayouts } from "./fees-and-payouts";
import { LocationForm } from "./location-form";
import { MoneyOnItsWay } from "./money-on-its-way";
import { outcomes } from "./outcomes";
import { UnclearPayments } from "./unclear-payments";

export const meta = () => [{ title: "Payments" }];

export const action = staff.commands(commands);
export const loader = staff.loader("payments:read", paymentsPage, action);

export default function Payments() {
  const page = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const { shop, connection, isUsable, whyNot, outcome, locations, locationsFault, unclear, disputes, pending } = page;
  const continueTo = result?.problem === null ? result.continueTo : undefined;
  // What somebody has to decide comes before the settings, the rest after.
  const awaited = pending.filter(({ problem }) => problem !== null);
  const open = disputes.filter(({ dueDay }) => dueDay !== null);
  const ended = outcome && !result ? outcomes[outcome] : null;
  return (
    <>
      <PageHeader title="Payments" state={<ConnectionState isUsable={isUsable} ready={whyNot === null} sandbox={page.environment === "sandbox"} />} />
      <PageBody>
        <FormResult result={result} />
        {ended && <Notice tone={ended.tone} title={ended.message} />}
        {continueTo && <ContinueToSquare to={continueTo} />}
        {unclear.length > 0 && <UnclearPayments unclear={unclear} disputes={disputes} />}
        {awaited.length > 0 && <MoneyOnItsWay pending={pending} />}
        {open.length > 0 && <Disputes disputes={disputes} />}
        <Section title="Square">
          <p className="max-w-[60ch] text-ink-soft">
            {`${shop} takes payments through its own Square account. Money goes from the customer to that account, and BayTrack adds no fee.`}
          </p>
          {whyNot && <Notice tone="amber" title={`Customers can't pay online: ${whyNot}`} />}
          {connection && isUsable ? (
            <div className="grid gap-6">
              <ConnectionFacts connection={connection} />
              {locationsFault && <Notice tone="amber" title={`The locations can't be shown. ${locationsFault}`} />}
              {locations.length > 0 && <LocationForm<typeof action> locations={locations} chosen={connection.location?.id ?? null} />}
              {page.bank && <BankTransfers {...page.bank} />}
              <CommandForm<typeof action> intent="ask-square" className="grid gap-1">
                <p className="max-w-[60ch] text-ink-soft">
                  Payments and refunds at Square show here by themselves. Is one missing? Ask Square for all of the last 28 days.
                </p>
                <div>
                  <SubmitButton kind="quiet" pendingLabel="Asking Square">
                    Check Square now
                  </SubmitButton>
                </div>
              </CommandForm>
              <CommandForm<typeof action> intent="disconnect" className="grid gap-1">
                {pending.length > 0 && (
                  <p className="max-w-[60ch] text-ink-soft">
                    Money is on its way. Once Square is disconnected, nobody can ask what becomes of it until you connect the same account again.
                  </p>
                )}
                <div>
                  <SubmitButton kind="danger" pendingLabel="Disconnecting">
                    Disconnect
                  </SubmitButton>
                </div>
              </CommandForm>
            </div>
          ) : (
            page.environment !== null && (
              <CommandForm<typeof action> intent="connect">
                <SubmitButton pendingLabel="Opening Square">Connect with Square</SubmitButton>
              </CommandForm>
            )
          )}
        </Section>
        {awaited.length === 0 && pending.length > 0 && <MoneyOnItsWay pending={pending} />}
        {open.length === 0 && disputes.length > 0 && <Disputes disputes={disputes} />}
        {connection && <FeesAndPayouts period={page.period} />}
      </PageBody>
    </>
  );
}

function ConnectionState({ isUsable, ready, sandbox }: { isUsable: boolean; ready: boolean; sandbox: boolean }) {
  return (
    <>
      <StateMark tone={ready ? "green" : isUsable ? "amber" : "slate"} label={isUsable ? "Connected" : "Not connected"} />
      {sandbox && <StateMark tone="blue" label="Sandbox: no real money" />}
    </>
  );
}

/** Without JavaScript it is a link to follow; with it the page goes on by itself. */
function ContinueToSquare({ to }: { to: string }) {
  useEffect(() => window.location.assign(to), [to]);
  return (
    <p>
      <a href={to} className="font-semibold text-accent underline">
        Continue to Square
      </a>
    </p>
  );
}
