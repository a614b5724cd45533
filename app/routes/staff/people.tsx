import { Form, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { type Role, roles } from "~/kernel/permissions";
import { readStaff } from "~/modules/people/staff.read.server";
import { changeRole, inviteStaff, type PersonRefusal, removeStaff } from "~/modules/people/staff-people.server";
import { staff } from "~/platform/http/guards.server";
import { problem } from "~/platform/http/problem.server";
import { overQuota } from "~/platform/http/quotas.server";
import { Button } from "~/ui/button";
import { Disclosure } from "~/ui/disclosure";
import { Field, Select } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";

export const meta = () => [{ title: "People" }];

export const loader = staff.loader("people:manage", async ({ services, session }) => ({ people: await readStaff(services), me: session.membership.id }));

const PeopleForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("invite"),
    name: z.string().trim().min(1, "Enter the person's name.").max(80, "Use at most 80 characters."),
    email: z.string().trim().min(1, "Enter the email address."),
    role: z.enum(roles),
  }),
  z.object({ intent: z.literal("role"), person: z.string(), role: z.enum(roles) }),
  z.object({ intent: z.literal("remove"), person: z.string() }),
]);

export const action = staff.action("people:manage", PeopleForm, async ({ services, form }) => {
  if (form.intent === "invite") {
    const invited = await inviteStaff(services, form);
    if (invited.ok) return { problem: null, done: `Invitation sent to ${invited.value.email}.` };
    if (invited.error.kind === "over-quota") return overQuota(invited.error, form);
    if (invited.error.kind === "too-often")
      return problem(429, { message: "This address got five invitations in the last 15 minutes. Try again in 15 minutes." }, { "Retry-After": "900" });
    return problem(422, { message: "Check the email address.", fields: { email: "Enter a valid email address." }, values: form });
  }
  const rooms = [services.fleet, services.board];
  const id = parseId("membership", form.person);
  if (!id) return refused("not-found");
  if (form.intent === "remove") {
    const removed = await removeStaff(services, rooms, id);
    return removed.ok ? { problem: null, done: "Person removed and signed out everywhere." } : refused(removed.error.kind);
  }
  const changed = await changeRole(services, rooms, id, form.role);
  return changed.ok ? { problem: null, done: `${changed.value.name} is now ${form.role}.` } : refused(changed.error.kind);
});

const refusals: Record<PersonRefusal["kind"], { status: number; message: string }> = {
  "not-found": { status: 404, message: "That person was removed. Reload the page." },
  yourself: { status: 409, message: "You can't change your own role or remove yourself. Ask another owner." },
  "last-owner": { status: 409, message: "A shop needs at least one owner. Make someone else an owner first." },
};
const refused = (kind: PersonRefusal["kind"]) => problem(refusals[kind].status, { message: refusals[kind].message });

const roleLabels: Record<Role, string> = {
  owner: "Owner: full access",
  manager: "Manager: everything except people",
  technician: "Technician: board and work orders",
};

export default function People() {
  const { people, me } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const done = result && "done" in result ? result.done : null;
  return (
    <>
      <PageHeader title="People" state={<span className="text-ink-soft">Who works here</span>} />
      <PageBody>
        {refusal && <FormProblem problem={{ what: refusal.message }} />}
        {done && <Notice tone="green" title={done} />}
        <ul className="max-w-4xl divide-y divide-line border-y border-line">
          {people.map((person) => (
            <li key={person.id} className="grid grid-cols-[1fr_6rem] items-center gap-x-4 gap-y-1 py-1.5 sm:grid-cols-[1fr_7rem_10rem_6rem]">
              <span className="min-w-0">
                <span className="font-semibold">{person.name}</span> {person.id === me && <span className="text-ink-soft">(you)</span>}
                <span className="block truncate text-ink-soft">{person.email}</span>
              </span>
              <span className="text-right first-letter:uppercase sm:text-left">{person.role}</span>
              <span className="text-ink-soft max-sm:empty:hidden">{person.hasPassword ? "" : "invited, hasn't signed in yet"}</span>
              {/* A new key after each result closes the menu. */}
              <span className="max-sm:col-span-full max-sm:empty:hidden sm:justify-self-end">
                {person.id !== me && <PersonActions key={done} person={person} />}
              </span>
            </li>
          ))}
        </ul>
        <Section title="Invite someone">
          {/* A new key clears the form, so a second press doesn't invite the same person again. */}
          <Form key={done} method="post" className="grid max-w-96 gap-3" noValidate>
            <input type="hidden" name="intent" value="invite" />
            <Field label="Name" name="name" defaultValue={refusal?.values?.name} error={refusal?.fields?.name} required />
            <Field label="Email" name="email" type="email" defaultValue={refusal?.values?.email} error={refusal?.fields?.email} required />
            <RoleSelect role={refusal?.values?.role ?? "technician"} />
            <div>
              <SubmitButton pendingLabel="Inviting">Send invitation</SubmitButton>
            </div>
          </Form>
        </Section>
      </PageBody>
    </>
  );
}

type Person = Pick<ReturnType<typeof useLoaderData<typeof loader>>["people"][number], "id" | "name" | "email" | "role" | "hasPassword">;

function PersonActions({ person }: { person: Person }) {
  const role = person.role ?? "technician";
  return (
    <Disclosure title="Edit" about={person.name} floats>
      <div className="grid gap-3">
        <Form method="post" className="grid gap-2">
          <input type="hidden" name="intent" value="role" />
          <input type="hidden" name="person" value={person.id} />
          <RoleSelect role={role} of={person.id} />
          <SubmitButton kind="quiet" pendingLabel="Saving">
            Save role
          </SubmitButton>
        </Form>
        {!person.hasPassword && (
          <Form method="post" className="grid">
            <input type="hidden" name="intent" value="invite" />
            <input type="hidden" name="name" value={person.name} />
            <input type="hidden" name="email" value={person.email} />
            <input type="hidden" name="role" value={role} />
            <SubmitButton kind="quiet" pendingLabel="Sending">
              Send the invitation again
            </SubmitButton>
          </Form>
        )}
        <Form method="post" className="grid">
          <input type="hidden" name="intent" value="remove" />
          <input type="hidden" name="person" value={person.id} />
          <Button type="submit" kind="danger">
            Remove {person.name}
          </Button>
        </Form>
      </div>
    </Disclosure>
  );
}

/** `of` makes the field's id unique on the page. */
function RoleSelect({ role, of = "new" }: { role: string; of?: string }) {
  return (
    <Select label="Role" name="role" id={`role-${of}`} defaultValue={role}>
      {roles.map((one) => (
        <option key={one} value={one}>
          {roleLabels[one]}
        </option>
      ))}
    </Select>
  );
}
