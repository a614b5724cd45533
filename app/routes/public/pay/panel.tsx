import { useEffect, useRef } from "react";
import { Form } from "react-router";
import type { Cents } from "~/kernel/money";
import type { Problem } from "~/platform/http/problem.server";
import { Field } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts } from "~/ui/page";
import type { PayPageData } from "./data.server";

type Props = { data: PayPageData; refusal: Problem | null; checkout: { url: string; amount: Cents } | null };

/** What is owed, and the way to pay it. */
export function PayPanel({ data: { page, pending, least, isConnected, returned, brand }, refusal, checkout }: Props) {
  const { money, day } = useFormat();
  const isOpen = page.state === "due" || page.state === "overdue";
  const isWaiting = returned?.state === "open" || returned?.state === "creating";
  return (
    <>
      <ReturnNotice returned={returned} isPaid={page.state === "paid"} />
      {!returned && page.state === "paid" && <Notice tone="green" title="Paid in full. Thank you." />}
      {page.state === "void" && <Notice tone="slate" title="This invoice is void. There is nothing to pay." />}
      {pending !== null && pending > 0 && returned?.state !== "pending" && <Notice tone="amber" title={`${money(pending)} is on its way.`} />}
      {isOpen && (
        <div>
          <p className="text-figure font-semibold tabular-nums">{money(page.due)}</p>
          <p className={page.state === "overdue" ? "font-semibold text-state-red" : "text-ink-soft"}>
            {page.dueDay ? `${page.state === "overdue" ? "Was due" : "Due"} ${day(page.dueDay)}` : "Due before work begins"}
          </p>
        </div>
      )}
      <Facts>
        <Fact term="For">
          {page.work.map((work) => (
            <span key={work} className="block">
              {work}
            </span>
          ))}
        </Fact>
        <Fact term="Total">{money(page.total)}</Fact>
        {page.paid > 0 && <Fact term="Paid">{money(page.paid)}</Fact>}
      </Facts>
      {checkout ? (
        <Continue {...checkout} />
      ) : (
        isOpen &&
        !isWaiting &&
        (isConnected ? (
          <Form method="post" className="grid gap-4" noValidate>
            {refusal && <FormProblem problem={{ what: refusal.message, safe: "Nothing was charged." }} />}
            {least !== null && page.due > least && (
              <Field
                label="Amount"
                name="amount"
                inputMode="decimal"
                placeholder={money(page.due)}
                defaultValue={refusal?.values?.amount}
                hint={`Leave empty to pay all of it. The least is ${money(least)}.`}
                error={refusal?.fields?.amount}
              />
            )}
            <SubmitButton pendingLabel="Opening Square" name="intent" value="pay" wide>
              Pay now
            </SubmitButton>
            <p className="text-small text-ink-soft">You pay on Square's secure page, without an added fee.</p>
          </Form>
        ) : (
          <Notice tone="slate" title={`${brand.name} doesn't take payments online at the moment.`}>
            <p>Pay as the invoice says, or call the shop.</p>
          </Notice>
        ))
      )}
    </>
  );
}

/** The link to Square's page; script follows it by itself. */
function Continue({ url, amount }: { url: string; amount: Cents }) {
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
        Square's page takes {money(amount)}. It brings you back here.
      </p>
    </div>
  );
}

/** Long enough to read where it goes. */
const FOLLOW_AFTER_MS = 1_200;

function ReturnNotice({ returned, isPaid }: { returned: PayPageData["returned"]; isPaid: boolean }) {
  const { money } = useFormat();
  if (!returned) return null;
  const amount = money(returned.amount);
  switch (returned.state) {
    case "paid":
      return (
        <Notice tone="green" title={`${amount} received. Thank you.`}>
          <p>{isPaid ? "It is paid in full." : "The rest stays open below."} The receipt comes by email.</p>
        </Notice>
      );
    case "pending":
      return (
        <Notice tone="amber" title={`${amount} is on its way.`}>
          <p>You don't need to do anything. The shop is told when it arrives.</p>
        </Notice>
      );
    case "open":
    case "creating":
      return (
        <Notice tone="amber" title="Waiting for Square to confirm the payment">
          <p>This page changes by itself. If you canceled at Square, nothing was charged.</p>
          <Form method="post" className="pt-2">
            <SubmitButton kind="quiet" name="intent" value="check" pendingLabel="Checking">
              Check again
            </SubmitButton>
          </Form>
        </Notice>
      );
    default:
      return <Notice tone="slate" title="That payment page is closed. Nothing was charged there." />;
  }
}
