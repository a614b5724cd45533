import { Form, useActionData, useLoaderData } from "@remix-run/react";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { type Role, roles } from "~/kernel/permissions";
import { readStaff } from "~/modules/people/staff.read.server";
import { inviteStaff, removeStaff } from "~/modules/people/staff-people.server";
import { staff } from "~/platform/http/guards.server";
import { problem } from "~/platform/http/problem.server";
import { Button } from "~/ui/button";
import { Field, Select } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";

export const meta = () => [{ title: "People" }];

export const loader = staff.loader("people:manage", async ({ services, session }) => ({ people: await readStaff(services), me: session.membership.id }));

const PeopleForm = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("invite"),
    name: z.string().trim().min(1, "Type the person's name.").max(80, "Keep it under 80 letters."),
    email: z.string().trim().min(1, "Type the email address."),
    role: z.enum(roles),
  }),
  z.object({ act: z.literal("remove"), person: z.string() }),
]);

export const action = staff.action("people:manage", PeopleForm, async ({ services, form }) => {
  if (form.act === "invite") {
    const invited = await inviteStaff(services, form);
    if (invited.ok) return { problem: null, done: `The invitation is on its way to ${invited.value.email}.` };
    if (invited.error.kind === "too-often")
      return problem(429, { words: "Five invitations went to this address within a quarter of an hour. Wait a little." }, { "Retry-After": "900" });
    return problem(422, { words: "Check the address.", fields: { email: "That is not an email address." }, values: form });
  }
  const id = parseId("membership", form.person);
  const removed = id ? await removeStaff(services, [services.fleet, services.board], id) : null;
  if (removed?.ok) return { problem: null, done: "Removed, and signed out everywhere." };
  if (removed?.error.kind === "yourself") return problem(409, { words: "You cannot remove yourself: the shop would be left without you. Another owner can." });
  return problem(404, { words: "That person is not on the list any more." });
});

const roleWords: Record<Role, string> = {
  owner: "Owner: everything",
  manager: "Manager: everything but people",
  technician: "Technician: fleet, board and work orders; reads customers",
};

export default function People() {
  const { people, me } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  return (
    <>
      <PageHeader title="People" state={<span className="text-ink-soft">Who works here</span>} />
      <PageBody>
        {refusal && <FormProblem problem={{ what: refusal.words }} />}
        {result && "done" in result && <Notice tone="green" title={result.done} />}
        <ul className="divide-y divide-line border-y border-line">
          {people.map((person) => (
            <li key={person.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
              <span className="min-w-0 flex-1 basis-60">
                <span className="font-semibold">{person.name}</span> {person.id === me && <span className="text-ink-soft">(you)</span>}
                <span className="block truncate text-ink-soft">{person.email}</span>
              </span>
              <span className="basis-28">{person.role}</span>
              <span className="basis-40 text-ink-soft">{person.hasPassword ? "" : "invited, not in yet"}</span>
              <Form method="post">
                <input type="hidden" name="act" value="remove" />
                <input type="hidden" name="person" value={person.id} />
                <Button type="submit" kind="danger" disabled={person.id === me} aria-label={`Remove ${person.name}`}>
                  Remove
                </Button>
              </Form>
            </li>
          ))}
        </ul>
        <Section title="Invite somebody">
          {/* Who was invited has left the form: a second press would invite the same person again. */}
          <Form key={result && "done" in result ? result.done : ""} method="post" className="grid max-w-96 gap-3" noValidate>
            <input type="hidden" name="act" value="invite" />
            <Field label="Name" name="name" defaultValue={refusal?.values?.name} error={refusal?.fields?.name} required />
            <Field label="Email" name="email" type="email" defaultValue={refusal?.values?.email} error={refusal?.fields?.email} required />
            <Select label="Role" name="role" defaultValue={refusal?.values?.role ?? "technician"}>
              {roles.map((role) => (
                <option key={role} value={role}>
                  {roleWords[role]}
                </option>
              ))}
            </Select>
            <div>
              <SubmitButton pendingWord="Inviting">Send invitation</SubmitButton>
            </div>
          </Form>
        </Section>
      </PageBody>
    </>
  );
}
