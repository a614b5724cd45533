import { useLoaderData } from "react-router";
import * as z from "zod";
import { type Role, roles } from "~/kernel/permissions";
import { readStaff } from "~/modules/people/staff.read.server";
import { changeRole, inviteStaff, removeStaff } from "~/modules/people/staff-people.server";
import { idField, requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { missing, onField, tooOften } from "~/platform/http/refusals.server";
import { Button } from "~/ui/button";
import { CommandForm } from "~/ui/command-form";
import { Field, Select } from "~/ui/field";
import { FloatingMenu } from "~/ui/floating-menu";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "People" }];

export const loader = staff.loader("people:manage", async ({ services, session }) => ({ people: await readStaff(services), me: session.membership.id }));

const person = z.object({ person: idField("membership", "That person was removed. Reload the page.") });
const refusals = {
  "not-found": missing("That person was removed. Reload the page."),
  yourself: "You can't change your own role or remove yourself. Ask another owner.",
  "last-owner": "A shop needs at least one owner. Make someone else an owner first.",
};

export const action = staff.commands({
  invite: staff.command({
    permission: "people:manage",
    form: z.object({
      name: requiredText(80, "Enter the person's name."),
      email: z.string().trim().min(1, "Enter the email address."),
      role: z.enum(roles),
    }),
    run: ({ services, form }) => inviteStaff(services, form),
    done: ({ email }) => `Invitation sent to ${email}.`,
    refusals: {
      "not-an-email": onField("email", "Enter a valid email address."),
      "too-often": tooOften("This address got five invitations in the last 15 minutes. Try again in 15 minutes.", 900),
    },
  }),
  "change-role": staff.command({
    permission: "people:manage",
    form: person.extend({ role: z.enum(roles) }),
    run: ({ services, form }) => changeRole(services, [services.fleet, services.board], form.person, form.role),
    done: ({ name }, { form }) => `${name} is now ${form.role}.`,
    refusals,
  }),
  remove: staff.command({
    permission: "people:manage",
    form: person,
    run: ({ services, form }) => removeStaff(services, [services.fleet, services.board], form.person),
    done: "Person removed and signed out everywhere.",
    refusals,
  }),
});

const roleLabels: Record<Role, string> = {
  owner: "Owner: full access",
  manager: "Manager: everything except people",
  technician: "Technician: board and work orders",
};

export default function People() {
  const { people, me } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const done = result?.done ?? null;
  return (
    <>
      <PageHeader title="People" state={<span className="text-ink-soft">Who works here</span>} />
      <PageBody>
        <FormResult result={result} />
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
          <CommandForm<typeof action> key={done} intent="invite" className="grid max-w-96 gap-3">
            <Field label="Name" name="name" required />
            <Field label="Email" name="email" type="email" required />
            <RoleSelect current="technician" />
            <div>
              <SubmitButton pendingLabel="Inviting">Send invitation</SubmitButton>
            </div>
          </CommandForm>
        </Section>
      </PageBody>
    </>
  );
}

type Person = Pick<ReturnType<typeof useLoaderData<typeof loader>>["people"][number], "id" | "name" | "email" | "role" | "hasPassword">;

function PersonActions({ person }: { person: Person }) {
  const role = person.role ?? "technician";
  return (
    <FloatingMenu title="Edit" about={person.name}>
      <div className="grid gap-3">
        <CommandForm<typeof action> intent="change-role" row={{ person: person.id }} className="grid gap-2">
          <RoleSelect current={role} of={person.id} />
          <SubmitButton kind="quiet" pendingLabel="Saving">
            Save role
          </SubmitButton>
        </CommandForm>
        {!person.hasPassword && (
          <CommandForm<typeof action> intent="invite" row={{ name: person.name, email: person.email, role }} className="grid">
            <SubmitButton kind="quiet" pendingLabel="Sending">
              Send the invitation again
            </SubmitButton>
          </CommandForm>
        )}
        <CommandForm<typeof action> intent="remove" row={{ person: person.id }} className="grid">
          <Button type="submit" kind="danger">
            Remove {person.name}
          </Button>
        </CommandForm>
      </div>
    </FloatingMenu>
  );
}

/** `of` makes the field's id unique on the page. */
function RoleSelect({ current, of = "new" }: { current: string; of?: string }) {
  return (
    <Select label="Role" name="role" id={`role-${of}`} defaultValue={current}>
      {roles.map((one) => (
        <option key={one} value={one}>
          {roleLabels[one]}
        </option>
      ))}
    </Select>
  );
}
