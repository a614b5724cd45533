import { useEffect, useRef } from "react";
import { Form, useRevalidator, useSubmit } from "react-router";
import type { Cents } from "~/kernel/money";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import type { IntentState, PayWay } from "./payment-intent";

/** Long enough to read where it goes. */
const FOLLOW_AFTER_MS = 1_200;
const CHECK_EVERY_MS = 4_000;
const MOST_CHECKS = 45;

/** The link to Square's page; script follows it by itself. */
export function ContinueToSquare({ url, amount, way }: { url: string; amount: Cents; way: PayWay }) {
  const { money } = useFormat();
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    link.current?.focus();
    const timer = setTimeout(() => window.location.assign(url), FOLLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [url]);
  return (
    <div className="grid gap-2">
      <a
        ref={link}
        href={url}
        className="inline-flex min-h-(--target) items-center justify-center rounded-corner bg-accent px-[0.85em] font-semibold text-accent-ink hover:bg-accent-deep"
      >
        Continue to Square
      </a>
      <p role="status" className="text-small text-ink-soft">
        Square's page takes {money(amount)}
        {way === "bank" ? " from your bank account. Come back to this page to see it on its way." : " and brings you back here."}
      </p>
    </div>
  );
}

/** The checkout that the customer came back from. */
export type Returned = { state: IntentState; amount: Cents };

/** What became of the payment. Square's notice may come after the customer: until then the page asks by itself. */
export function ReturnNotice({ returned: { state, amount }, rest }: { returned: Returned; rest: string }) {
  const { money } = useFormat();
  useChecks(state);
  switch (state) {
    case "paid":
      return (
        <Notice tone="green" title={`${money(amount)} received. Thank you.`}>
          <p>{rest} The receipt comes by email.</p>
        </Notice>
      );
    case "pending":
      return (
        <Notice tone="amber" title={`${money(amount)} is on its way.`}>
          <p>You don't need to do anything. It counts when it arrives.</p>
        </Notice>
      );
    case "open":
    case "creating":
      return (
        <Notice tone="amber" title="Waiting for Square to confirm the payment">
          <p>This page changes by itself. If you canceled at Square, nothing was charged.</p>
          <Form method="post" className="flex flex-wrap items-center gap-3 pt-2">
            <SubmitButton kind="quiet" name="intent" value="check" pendingLabel="Checking">
              Check again
            </SubmitButton>
            <a href="?" className="inline-flex min-h-(--target) items-center text-accent underline underline-offset-2">
              Start over
            </a>
          </Form>
        </Notice>
      );
    case "closed":
    case "failed":
      return <Notice tone="slate" title="That payment page is closed. Nothing was charged there." />;
  }
}

function useChecks(state: IntentState): void {
  const submit = useSubmit();
  const { state: reading } = useRevalidator();
  useEffect(() => {
    if (state !== "open" && state !== "creating" && state !== "pending") return;
    let left = MOST_CHECKS;
    const timer = setInterval(() => {
      if (left-- > 0 && document.visibilityState === "visible" && reading === "idle")
        submit({ intent: "check" }, { method: "post", navigate: false, fetcherKey: "check-checkout", preventScrollReset: true });
    }, CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }, [state, submit, reading]);
}
