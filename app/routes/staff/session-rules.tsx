import { useLoaderData } from "react-router";
import * as z from "zod";
import { ok } from "~/kernel/result";
import { capBounds, formOf, idleBounds } from "~/kernel/session-rules";
import { setSessionRules } from "~/modules/organizations/set-session-rules.server";
import { staff } from "~/platform/http/guards.server";
import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign-in rules" }];

export const loader = staff.loader("session-rules:manage", async ({ session }) => ({ rules: formOf(session.organization.sessionRules) }));

type Bounds = { least: number; most: number };
const within = ({ least, most }: Bounds, unit: string) => {
  const message = `Enter a whole number of ${unit} from ${least} to ${most}.`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .pipe(z.number().min(least, message).max(most, message));
};
const rulesForm = z.object({
  staffHours: within(idleBounds.staff, idleBounds.staff.unit),
  vendorDays: within(idleBounds.vendor, idleBounds.vendor.unit),
  customerDays: within(idleBounds.customer, idleBounds.customer.unit),
  customerCapDays: z.union([z.literal("").transform(() => null), within(capBounds, "days")]),
});

export const action = staff.commands({
  save: staff.command({
    permission: "session-rules:manage",
    form: rulesForm,
    run: async ({ services, session, form }) => ok(await setSessionRules(services, session.organization, form)),
    done: "Saved. The new rules apply right away, including to people who are signed in now.",
  }),
});

const number = { figures: true, inputMode: "numeric" as const, autoComplete: "off" };

export default function SessionRules() {
  const { rules } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  return (
    <>
      <PageHeader title="Sign-in rules" state={<span className="text-ink-soft">How long people stay signed in</span>} />
      <PageBody>
        <FormResult result={result} />
        <CommandForm<typeof action> intent="save" saved={rules} className="grid max-w-96 gap-6">
          <Section title="Sign out after inactivity of">
            <div className="grid gap-4">
              <Field label="Staff" name="staffHours" {...number} unit="hours" hint="Default: 12. Everyone signs in again after 30 days regardless." />
              <Field label="Vendors" name="vendorDays" {...number} unit="days" hint="Default: 7. Everyone signs in again after 30 days regardless." />
              <Field label="Customers" name="customerDays" {...number} unit="days" hint="Default: 7" />
            </div>
          </Section>
          <Section title="Customers who stay active">
            <Field label="Sign in again after" name="customerCapDays" {...number} unit="days" hint="Leave empty to let active customers stay signed in" />
          </Section>
          <div>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </CommandForm>
      </PageBody>
    </>
  );
}
