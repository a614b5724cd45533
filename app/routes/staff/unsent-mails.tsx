import { useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { dismissMail, sendMailAgain } from "~/modules/notifications/correct-unsent-mail.server";
import { seenVersion } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { invalid } from "~/platform/http/refusals.server";
import { isAddressOfMail, readUnsentMails, type UnsentMail } from "~/queries/staff/unsent-mails.server";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Unsent email" }];

export const loader = staff.loader("customer:manage", async ({ services }) => ({ mails: await readUnsentMails(services.db) }));

const which = { key: z.string().min(1).max(600), seen: seenVersion };

export const action = staff.commands({
  again: staff.command({
    permission: "customer:manage",
    form: z.object({ ...which, to: z.string().max(320).default("") }),
    async run({ services, form: { key, seen, to } }) {
      if (to !== "" && !(await isAddressOfMail(services.db, key, to))) return err(invalid({ to: "Choose an address of this customer." }));
      return sendMailAgain(services, { key, seen, to: to === "" ? null : to });
    },
    done: "Sending again. If it fails once more, it is back on this list.",
    refusals: {
      stale: "Someone else already took care of this email. Nothing was sent now.",
      "signs-in": "The link in this email is over. The person can ask for a new one where they sign in.",
      forgotten: "This email is too old to be sent again. Send it from its record.",
    },
  }),
  dismiss: staff.command({
    permission: "customer:manage",
    form: z.object({ ...which, reason: z.string().max(300) }),
    run: ({ services, form }) => dismissMail(services, form),
    done: "Dismissed. It stays in the shop's activity with your reason.",
    refusals: { stale: "Someone else already took care of this email." },
  }),
});

export default function UnsentMails() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Unsent email" />
      <PageBody>
        <FormResult result={useFormResult<typeof action>()} />
        <p className="max-w-prose text-ink-soft">
          Emails that didn't leave and aren't tried again by themselves. Correct the address and send them again, or dismiss them with a reason.
        </p>
        {mails.length === 0 ? (
          <Empty title="No unsent email" body="Every email left, or is still being tried." />
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {mails.map((mail) => (
              <Unsent key={`${mail.key} ${mail.version}`} mail={mail} />
            ))}
          </ul>
        )}
      </PageBody>
    </>
  );
}

function Unsent({ mail }: { mail: UnsentMail }) {
  const { key, version, subject, recipient, state, label, problem, at, href, contact, others, signsIn } = mail;
  const row = { key, seen: String(version) };
  const id = `${key}-${version}`;
  return (
    <li className="grid gap-3 py-3 lg:grid-cols-2 lg:gap-6">
      <div className="grid content-start gap-1">
        <p className="font-semibold wrap-anywhere">{href ? <TextLink to={href}>{subject}</TextLink> : subject}</p>
        <p className="text-small wrap-anywhere text-ink-soft">
          {recipient ?? "No address yet"}, <Moment at={at} />
        </p>
        <p className="text-small">
          <StateMark tone={state === "unclear" ? "amber" : "red"} label={label} bare />
        </p>
        {problem && <p className="text-small wrap-anywhere text-ink-soft">{problem}</p>}
        {state === "unclear" && <p className="text-small">Ask whether it arrived before you send it again.</p>}
        {contact && (
          <p className="text-small">
            <TextLink to={paths.staff.contact(contact.customerId, contact.id)}>Correct the address of {contact.name}</TextLink>
          </p>
        )}
      </div>
      <div className="grid content-start gap-3">
        {signsIn ? (
          <p className="text-small text-ink-soft">The link in it is over. The person can ask for a new one where they sign in.</p>
        ) : (
          <CommandForm<typeof action> intent="again" row={row} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
            <Select label="Send to" name="to" id={`to-${id}`}>
              <option value="">{recipient ?? "The record's addresses"}</option>
              {others.map(({ name, email }) => (
                <option key={email} value={email}>
                  {name}, {email}
                </option>
              ))}
            </Select>
            <SubmitButton kind="quiet" pendingLabel="Sending">
              Send again<span className="sr-only">: {subject}</span>
            </SubmitButton>
          </CommandForm>
        )}
        <CommandForm<typeof action> intent="dismiss" row={row} className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
          <Field label="Reason to dismiss" name="reason" id={`reason-${id}`} maxLength={300} />
          <SubmitButton kind="quiet" pendingLabel="Dismissing">
            Dismiss<span className="sr-only">: {subject}</span>
          </SubmitButton>
        </CommandForm>
      </div>
    </li>
  );
}
