import { formatMoney } from "~/kernel/money";
import { rightRefusalMessage } from "~/modules/customers/contacts/contact-rights";
import type { Refusal } from "~/modules/estimates/command";
import type { AnswerKind } from "~/modules/estimates/decisions/answer-form";
import { TOO_LOW } from "~/modules/estimates/decisions/answer-revision";
import { type Answer, missing, notAllowed, unreadable } from "~/platform/http/refusals.server";

type Own = Exclude<Refusal, { kind: "stale" } | { kind: "not-found" } | { kind: "no-reason" } | { kind: "not-allowed" }>;

type In = { session: { organization: { currency: string; locale: string } } };

/** What a refused answer gets: at the field that it is about, where there is one. */
export function answerRefusal(refusal: Own, args: In & { form: { choice: AnswerKind } }): Answer {
  if (refusal.kind !== "incomplete") return estimateRefusal(refusal, args);
  const field = args.form.choice === "ask" ? "note" : refusal.message === TOO_LOW ? "notToExceed" : null;
  return { status: 422, message: refusal.message, ...(field ? { fields: { [field]: refusal.message } } : {}) };
}

/** What a refused command on an estimate answers. */
export function estimateRefusal(refusal: Own, { session }: In): Answer {
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
