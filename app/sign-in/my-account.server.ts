import * as z from "zod";
import type { Portal } from "~/kernel/audience";
import { formatWait } from "~/kernel/format-wait";
import { ok } from "~/kernel/result";
import { endOtherSessions, readActiveSessions } from "~/modules/people/active-sessions.server";
import { beginFactorSetup, confirmFactorSetup, readSignedInFactor, removeSignedInFactor } from "~/modules/people/second-factor/my-second-factor.server";
import type { Authed } from "~/platform/http/authed.server";
import { type CommandPermission, type commandOf, noFields } from "~/platform/http/commands.server";
import { onField, tooOften } from "~/platform/http/refusals.server";

type Person<Form = undefined> = Authed<"staff", Form> | Authed<"vendor", Form>;

/** Active sessions and second factor of a person with a password, for staff and vendors. */
export async function readSignedInAccount({ services, session }: Person) {
  const [sessions, factor] = [await readActiveSessions(services, session), await readSignedInFactor(services, session)];
  return { sessions, factor };
}

/** Signs a person out everywhere else; a command of all four portals. */
export const endOthersIn = <F extends Portal>(command: ReturnType<typeof commandOf<F>>) =>
  command({
    permission: OWN as CommandPermission<F>, // every portal's people have it
    form: noFields,
    run: async (args) => ok(await endOtherSessions((args as unknown as Authed<"staff">).services, args.session, args.request)), // the same services in all portals
    done: (ended) => ({ done: ended === 1 ? "The other session was signed out." : `${ended} other sessions were signed out.` }),
  });

/** What people with a password change about their own account: other sessions and the second factor. */
export const accountCommands = <F extends "staff" | "vendor">(command: ReturnType<typeof commandOf<F>>) => {
  const permission = OWN as CommandPermission<F>; // both portals' people have it
  const person = (args: unknown) => args as Person; // of one of the two portals
  return {
    "end-others": endOthersIn<F>(command),
    "begin-factor": command({
      permission,
      form: noFields,
      run: (args) => beginFactorSetup(person(args).services, person(args).session),
      done: (setup) => ({ done: null, setup }),
      refusals: { "on-already": "The second factor is already on." },
    }),
    "confirm-factor": command({
      permission,
      // Missing values are reported next to the QR code, which a schema error would not show again.
      form: z.object({ digits: z.string(), password: z.string() }),
      run: (args) => confirmFactorSetup(person(args).services, person(args).session, { code: args.form.digits, password: args.form.password }),
      done: ({ recoveryCodes }) => ({ done: null, recoveryCodes }),
      refuse(refusal) {
        if (refusal.kind === "too-often") return attemptedTooOften(refusal);
        if (refusal.kind === "no-offer") return "This setup expired after 30 minutes. Start again.";
        const fields: Record<string, string> =
          refusal.kind === "wrong-code" ? { digits: "That code is wrong. Enter the code that the app shows now." } : { password: "That password is wrong." };
        return { status: 422, message: "The second factor isn't on yet.", fields, also: { setup: refusal.setup } };
      },
    }),
    "remove-factor": command({
      permission,
      form: z.object({ digits: z.string().trim().min(1, "Enter a code from your app, or a recovery code.") }),
      run: (args) => removeSignedInFactor(person(args).services, person(args).session, args.form.digits),
      done: "Second factor turned off. You sign in with only your password now.",
      refuse: (refusal) => (refusal.kind === "too-often" ? attemptedTooOften(refusal) : onField("digits", "This code is wrong, expired or already used.")),
    }),
  };
};

const OWN = "session:own";
const attemptedTooOften = ({ retryAfterSeconds }: { retryAfterSeconds: number }) =>
  tooOften(`Too many attempts. ${formatWait(retryAfterSeconds)}`, retryAfterSeconds);
