import { KeyRound } from "lucide-react";
import { CommandForm } from "~/ui/command-form";
import { Field, Switch } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";

/** The commands of a driver's page, as far as these forms know them. */
type DriverAction = { commands: { save: unknown; "reset-pin": unknown } };

type Driver = { name: string; phone: string | null; email: string | null; portalEnabled: boolean; version: number };

/** Name and ways to sign in; empty for a new driver, with a code that is free. */
export function DriverForm({ driver, code }: { driver: Driver | undefined; code: string }) {
  return (
    <Section title={driver ? "Name and sign-in" : "Driver details"}>
      <CommandForm<DriverAction> intent="save" saved={{ ...driver, code, portalEnabled: driver?.portalEnabled ?? true }} className="grid max-w-96 gap-4">
        <input type="hidden" name="version" value={driver?.version ?? 0} />
        <Field label="Name" name="name" autoComplete="off" required />
        <Field label="Phone" name="phone" type="tel" />
        <Field label="Email" name="email" type="email" hint="Optional. With an address, the driver can sign in with an emailed link." />
        <Field
          key={code}
          label="Code"
          name="code"
          inputMode="numeric"
          autoComplete="off"
          className="font-mono"
          hint="4 to 8 digits. The driver enters it with the PIN on a shop tablet."
          required
        />
        <Switch
          key={String(driver?.portalEnabled)}
          label="Driver portal"
          name="portalEnabled"
          value="on"
          hint="Turning it off or changing the email signs the driver out at once."
        />
        <div>
          <SubmitButton pendingLabel="Saving">{driver ? "Save" : "Add driver"}</SubmitButton>
        </div>
      </CommandForm>
    </Section>
  );
}

/** A new PIN, which is shown once. */
export const PinNotice = ({ title, code, pin }: { title: string; code: string; pin: string }) => (
  <Notice tone="green" title={title}>
    <p>Give the driver this PIN now. It won't be shown again.</p>
    <p>
      Code <span className="font-mono">{code}</span>, PIN <span className="font-mono text-lead">{pin}</span>
    </p>
  </Notice>
);

export const PinSection = ({ about }: { about: string }) => (
  <Section title="PIN">
    <CommandForm<DriverAction> intent="reset-pin" className="flex flex-wrap items-center gap-3">
      <span className="text-ink-soft">{about}</span>
      <SubmitButton kind="quiet" icon={KeyRound} pendingLabel="Resetting">
        Reset PIN
      </SubmitButton>
    </CommandForm>
  </Section>
);
