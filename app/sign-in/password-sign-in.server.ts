import { redirect } from "react-router";
import * as z from "zod";
import type { Face } from "~/kernel/audience";
import { homeOf } from "~/kernel/paths";
import { parseEmail } from "~/modules/people/email";
import { noteSignIn } from "~/modules/people/record-sign-in.server";
import { authenticatorFor } from "~/modules/people/strategies.server";
import { brandOfHost } from "~/platform/http/hosts.server";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { sessionOf } from "~/platform/sessions/sessions.server";
import { brandOf } from "./brand.server";
import { enter } from "./complete-sign-in.server";
import { waitInWords } from "./format-wait";

const PasswordForm = z.object({
  email: z.string().trim().min(1, "Type your email address."),
  password: z.string().min(1, "Type your password."),
});

/** Loader and action of a door that takes email and password: staff's and vendors'. */
export function passwordDoor(face: Face) {
  const loader = anyone.loader("the door itself", async ({ request, platform }) => {
    if (await sessionOf(platform, request, face, { touch: false })) throw redirect(homeOf[face]);
    return { brand: brandOf(await brandOfHost(platform, request)) };
  });

  const action = anyone.action("the door itself", PasswordForm, async ({ request, url, platform, context, form }) => {
    // The strategy reads a form of its own; ours was read and checked already.
    const again = new Request(request.url, { method: "POST", headers: request.headers, body: new URLSearchParams(form) });
    again.headers.set("Content-Type", "application/x-www-form-urlencoded");
    const entered = await authenticatorFor(platform, face).authenticate("password", again);
    if (entered.ok) throw await enter({ context, request, face, membership: entered.value, to: url.searchParams.get("to") });
    const email = parseEmail(form.email);
    noteSignIn(context, {
      audience: face,
      request,
      outcome: "sign-in refused",
      email,
      why: entered.error.kind === "too-often" ? "too many tries" : "wrong password",
    });
    if (entered.error.kind === "too-often") {
      const { retryAfterSeconds } = entered.error;
      const words = `Too many tries. ${waitInWords(retryAfterSeconds)}`;
      return problem(429, { words, values: { email: form.email } }, { "Retry-After": String(retryAfterSeconds) });
    }
    return problem(401, { words: "Email and password do not match, or this door is not open to you.", values: { email: form.email } });
  });

  return { loader, action };
}
