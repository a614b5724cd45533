import { CommandForm } from "~/ui/command-form";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { QrCode } from "~/ui/qr";
import { StateMark } from "~/ui/state-mark";

export type FactorStatus = { on: boolean; recoveryCodesLeft: number };
type Setup = { uri: string; secret: string };
export type FactorResult = {
  problem: { message: string; fields?: Record<string, string> } | null;
  done: string | null;
  setup?: Setup;
  recoveryCodes?: string[];
};

type FactorAction = { commands: Record<"begin-factor" | "confirm-factor" | "remove-factor", unknown> };

/** The second factor of a person's account: turned on with an authenticator app, off with one of its codes. */
export function FactorSection({ factor, result }: { factor: FactorStatus; result: FactorResult | undefined }) {
  return (
    <Section title="Second factor" action={<StateMark tone={factor.on ? "green" : "slate"} label={factor.on ? "On" : "Off"} />}>
      {result?.recoveryCodes && <RecoveryCodes codes={result.recoveryCodes} />}
      <p className="max-w-150 text-ink-soft">
        {factor.on
          ? `After your password, you enter a code from your phone, at every shop you sign in to. You have ${factor.recoveryCodesLeft} recovery codes left.`
          : "After your password, you enter a code from an app on your phone. Someone who knows your password still can't sign in."}
      </p>
      {factor.on ? <SwitchOff /> : result?.setup ? <SwitchOn setup={result.setup} /> : <Begin />}
    </Section>
  );
}

function Begin() {
  return (
    <CommandForm<FactorAction> intent="begin-factor">
      <SubmitButton kind="quiet" pendingLabel="One moment">
        Turn on
      </SubmitButton>
    </CommandForm>
  );
}

function SwitchOn({ setup }: { setup: Setup }) {
  return (
    <div className="grid max-w-150 gap-4 sm:grid-cols-[auto_minmax(0,1fr)]">
      <QrCode className="size-44 rounded-corner border border-line" text={setup.uri} label="QR code for your authenticator app" />
      <CommandForm<FactorAction> intent="confirm-factor" className="grid content-start gap-3">
        <p>Scan this with an authenticator app. No camera? Enter this key in the app:</p>
        <p className="font-mono break-all">{setup.secret.match(/.{1,4}/g)?.join(" ")}</p>
        <Field label="6-digit code" name="digits" inputMode="numeric" autoComplete="one-time-code" hint="The code that the app shows now" required />
        <Field label="Your password" name="password" type="password" autoComplete="current-password" required />
        <div>
          <SubmitButton pendingLabel="Turning on">Turn on second factor</SubmitButton>
        </div>
      </CommandForm>
    </div>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <Notice tone="amber" title="Write these codes down now. They won't be shown again.">
      <p>Each code works once, if you lose your phone.</p>
      <ul aria-label="Recovery codes" className="mt-1 grid grid-cols-2 gap-x-6 gap-y-1 font-mono sm:max-w-80">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </Notice>
  );
}

function SwitchOff() {
  return (
    <CommandForm<FactorAction> intent="remove-factor" className="grid max-w-96 gap-3 sm:grid-cols-[1fr_auto] sm:items-end">
      <Field label="Code from the app, or a recovery code" name="digits" autoComplete="one-time-code" required />
      <SubmitButton kind="danger" pendingLabel="Turning off">
        Turn off
      </SubmitButton>
    </CommandForm>
  );
}
