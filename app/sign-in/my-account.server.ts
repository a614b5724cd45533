import { data } from "react-router";
import * as z from "zod";
import { formatWait } from "~/kernel/format-wait";
import { endOtherSessions, readActiveSessions } from "~/modules/people/active-sessions.server";
import { beginFactorSetup, confirmFactorSetup, readSignedInFactor, removeSignedInFactor } from "~/modules/people/second-factor/my-second-factor.server";
import type { Authed } from "~/platform/http/guards.server";
import { type Problem, problem } from "~/platform/http/problem.server";

type Person<Form = undefined> = Authed<"staff", Form> | Authed<"vendor", Form>;

export const AccountForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("end-others") }),
  z.object({ intent: z.literal("begin-factor") }),
  // Missing values are reported next to the QR code, which a schema error would not show again.
  z.object({ intent: z.literal("confirm-factor"), digits: z.string(), password: z.string() }),
  z.object({ intent: z.literal("drop-factor"), digits: z.string().trim().min(1, "Enter a code from your app, or a recovery code.") }),
]);

/** Active sessions and second factor of a person with a password, for staff and vendors. */
export async function readSignedInAccount({ services, session }: Person) {
  const { zone, locale } = session.organization;
  const [sessions, factor] = [await readActiveSessions(services, session), await readSignedInFactor(services, session)];
  return { sessions, factor, zone, locale, now: services.clock.now() };
}

export async function changeSignedInAccount({ services, session, form }: Person<z.output<typeof AccountForm>>) {
  switch (form.intent) {
    case "end-others":
      return { ended: await endOtherSessions(services, session) };
    case "begin-factor": {
      const begun = await beginFactorSetup(services, session);
      return begun.ok ? { setup: begun.value } : problem(409, { message: "The second factor is already on." });
    }
    case "confirm-factor": {
      const confirmed = await confirmFactorSetup(services, session, { code: form.digits, password: form.password });
      if (confirmed.ok) return { recoveryCodes: confirmed.value.recoveryCodes };
      const refusal = confirmed.error;
      if (refusal.kind === "too-often") return tooOften(refusal.retryAfterSeconds);
      if (refusal.kind === "no-offer") return problem(409, { message: "This setup expired after 30 minutes. Start again." });
      const fields: Record<string, string> =
        refusal.kind === "wrong-code" ? { digits: "That code is wrong. Enter the code that the app shows now." } : { password: "That password is wrong." };
      return data({ problem: { message: "The second factor isn't on yet.", fields } satisfies Problem, setup: refusal.setup }, { status: 422 });
    }
    case "drop-factor": {
      const dropped = await removeSignedInFactor(services, session, form.digits);
      if (dropped.ok) return { done: "Second factor turned off. You sign in with only your password now." };
      if (dropped.error.kind === "too-often") return tooOften(dropped.error.retryAfterSeconds);
      return problem(422, { message: "The second factor stays on.", fields: { digits: "This code is wrong, expired or already used." } });
    }
  }
}

const tooOften = (seconds: number) => problem(429, { message: `Too many attempts. ${formatWait(seconds)}` }, { "Retry-After": String(seconds) });
