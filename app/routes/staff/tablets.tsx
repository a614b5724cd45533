import { useEffect } from "react";
import { useLoaderData, useRevalidator } from "react-router";
import * as z from "zod";
import { newId, parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { inviteTablet, readInvitation, readTablets, removeTablet } from "~/modules/drivers/tablets.server";
import { idField, requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { missing } from "~/platform/http/refusals.server";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { QrCode } from "~/ui/qr";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Driver tablets" }];

export const loader = staff.loader("driver:manage", async ({ services, session, url }) => {
  const { publicOrigin } = session.organization;
  const selectedTablet = parseId("tablet", url.searchParams.get("show"));
  const [tablets, invitation] = await Promise.all([readTablets(services), selectedTablet && readInvitation(services, selectedTablet)]);
  return { tablets, selectedTablet, invitation, origin: publicOrigin, fresh: newId("tablet", services.clock.now()) };
});

const tablet = idField("tablet", "That tablet was already removed. Reload the page.");

export const action = staff.commands({
  enroll: staff.command({
    permission: "driver:manage",
    form: z.object({ tablet, label: requiredText(60, "Enter where the tablet is, to tell it apart from others.") }),
    run: ({ services, session, form }) => inviteTablet(services, { id: form.tablet, label: form.label, by: session.membership.id }),
    goTo: ({ form }) => paths.staff.tablet(form.tablet),
  }),
  remove: staff.command({
    permission: "driver:manage",
    form: z.object({ tablet }),
    run: ({ services, form }) => removeTablet(services, [services.fleet, services.board], form.tablet),
    done: ({ label }) => `${label} removed. Anyone signed in on it is signed out.`,
    refusals: { "not-found": missing("That tablet was already removed. Reload the page.") },
  }),
});

const POLL_INTERVAL = 3_000;

export default function Tablets() {
  const { tablets, selectedTablet, invitation, origin, fresh } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const isPending = invitation?.state === "open";
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const polling = isPending ? setInterval(revalidate, POLL_INTERVAL) : undefined;
    return () => clearInterval(polling);
  }, [isPending, revalidate]);
  return (
    <>
      <PageHeader title="Driver tablets" state={<span className="text-ink-soft">Drivers sign in here with a code and PIN</span>} />
      <PageBody>
        <FormResult result={result} />
        {invitation?.state === "enrolled" && <Notice tone="green" title={`${invitation.label} is enrolled. Drivers can sign in on it.`} />}
        {invitation?.state === "over" && <Notice tone="amber" title={`The link for ${invitation.label} has expired. Show a new QR code.`} />}
        {invitation?.state === "open" && (
          <Section title={`Scan this with ${invitation.label}`}>
            <div className="grid gap-4 sm:grid-cols-[16rem_minmax(0,1fr)]">
              <QrCode text={origin + invitation.path} label="QR code with the address below" className="w-full max-w-64 rounded-corner border border-line" />
              <div className="grid content-start gap-3">
                <ol className="grid list-decimal gap-1 pl-5">
                  <li>Point the tablet's camera at the QR code, or type the address.</li>
                  <li>Tap "Enroll this tablet" there.</li>
                </ol>
                <p className="font-mono text-small break-all">{origin + invitation.path}</p>
                <p className="text-ink-soft">
                  It works once, for {invitation.minutesLeft} more {invitation.minutesLeft === 1 ? "minute" : "minutes"}. The first device to enroll with it
                  becomes the tablet.
                </p>
              </div>
            </div>
          </Section>
        )}
        <Section title="Tablets" count={tablets.length}>
          {tablets.length === 0 ? (
            <Empty
              title="No tablets yet"
              body="Set up a tablet at the gate or in the yard where drivers without an email address can sign in. Enroll the first one below."
            />
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {tablets.map(({ id, label, enrolledAt, lastUsedAt, invitedBy }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                  <span className="grid min-w-0">
                    <span className="font-semibold">{label}</span>
                    <span className="text-small text-ink-soft">
                      enrolled {enrolledAt !== null && <Moment at={enrolledAt} />} by {invitedBy} ·{" "}
                      {lastUsedAt === null ? (
                        "not used yet"
                      ) : (
                        <>
                          last sign-in <Moment at={lastUsedAt} />
                        </>
                      )}
                    </span>
                  </span>
                  <CommandForm<typeof action> intent="remove" row={{ tablet: id }} action={paths.staff.tablets}>
                    <Button type="submit" kind="danger" aria-label={`Remove ${label}`}>
                      Remove
                    </Button>
                  </CommandForm>
                </li>
              ))}
            </ul>
          )}
        </Section>
        <Section title="New tablet">
          <CommandForm<typeof action> intent="enroll" action={paths.staff.tablets} className="grid max-w-96 gap-3">
            <input type="hidden" name="tablet" value={fresh} />
            <Field key={selectedTablet} label="Where is it?" name="label" hint={'Such as "Gate tablet"'} autoComplete="off" required />
            <div>
              <SubmitButton pendingLabel="Preparing">Enroll tablet</SubmitButton>
            </div>
          </CommandForm>
        </Section>
      </PageBody>
    </>
  );
}
