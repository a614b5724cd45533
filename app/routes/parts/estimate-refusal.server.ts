import { formatMoney } from "~/kernel/money";
import { rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import type { Refusal } from "~/modules/estimates/command";
import type { Authed } from "~/platform/http/authed.server";
import { type Answer, missing, notAllowed, unreadable } from "~/platform/http/refusals.server";

type Own = Exclude<Refusal, { kind: "stale" } | { kind: "not-found" } | { kind: "no-reason" } | { kind: "not-allowed" }>;

/** What a refused command on an estimate answers. */
export function estimateRefusal(refusal: Own, { session }: Pick<Authed<"staff">, "session">): Answer {
  const { currency, locale } = session.organization;
  switch (refusal.kind) {
    case "right":
      return notAllowed(rightRefusalMessage(refusal.refusal, session.organization));
    case "incomplete":
      return unreadable(refusal.message);
    case "other-total":
      return `The lines changed, and the total is ${formatMoney(refusal.total, currency, locale)} now. Check it, then send again.`;
    case "expired":
      return refusal.message;
    case "seen-already":
      return missing("That doesn't exist anymore. Reload the page.");
  }
}
