import type { ComponentProps } from "react";
import { Form } from "react-router";
import type { Cents } from "~/kernel/money";
import { ContinueToSquare, ReturnNotice } from "~/modules/payments/checkouts/checkout.view";
import type { Problem } from "~/platform/http/problem.server";
import { Field } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts } from "~/ui/page";
import { BANK_TAKES } from "../../parts/pay-amount";
import type { PayPageData } from "./data.server";

type Props = { data: PayPageData; refusal: Problem | null; checkout: ComponentProps<typeof ContinueToSquare> | null };

/** What is owed, and the way to pay it. */
export function PayPanel({ data: { page, pending, returned, ...data }, refusal, checkout }: Props) {
  const { money, day } = useFormat();
  const isOpen = page.state === "due" || page.state === "overdue";
  const isUnderWay = returned?.state === "open" || returned?.state === "creating" || pending !== null;
  return (
    <>
      {returned && !(pending && returned.state === "pending") && (
        <ReturnNotice returned={returned} rest={page.state === "paid" ? "It is paid in full." : "The rest stays open below."} />
      )}
      {!returned && page.state === "paid" && <Notice tone="green" title="Paid in full. Thank you." />}
      {page.state === "void" && <Notice tone="slate" title="This invoice is void. There is nothing to pay." />}
      {pending && (
        <Notice tone="amber" title={pending}>
          <p>You don't need to do anything. It counts when it arrives.</p>
        </Notice>
      )}
      {isOpen && (
        <div>
          <p className="text-title font-bold tabular-nums">{money(page.due)}</p>
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
        {page.paid > 0 && <Fact term="Total">{money(page.total)}</Fact>}
        {page.paid > 0 && <Fact term="Paid">{money(page.paid)}</Fact>}
      </Facts>
      {checkout ? <ContinueToSquare {...checkout} /> : isOpen && !isUnderWay && <PayForm {...data} due={page.due} refusal={refusal} />}
    </>
  );
}

function PayForm({
  due,
  least,
  isConnected,
  takesBank,
  brand,
  refusal,
}: Pick<PayPageData, "least" | "isConnected" | "takesBank" | "brand"> & { due: Cents; refusal: Problem | null }) {
  const { money } = useFormat();
  if (!isConnected)
    return (
      <Notice tone="slate" title={`${brand.name} doesn't take payments online at the moment.`}>
        <p>Pay in one of the ways on the invoice, or call the shop.</p>
      </Notice>
    );
  return (
    <Form method="post" className="grid gap-4" noValidate>
      {refusal && <FormProblem problem={{ what: refusal.message, safe: "Nothing was charged." }} />}
      {least !== null && due > least && (
        <Field
          label="Amount"
          name="amount"
          inputMode="decimal"
          placeholder={money(due)}
          defaultValue={refusal?.values?.amount}
          hint={`Leave empty to pay all of it. The least is ${money(least)}.`}
          error={refusal?.fields?.amount}
        />
      )}
      <SubmitButton pendingLabel="Opening Square" name="intent" value="pay" wide>
        Pay now
      </SubmitButton>
      {takesBank && (
        <SubmitButton kind="quiet" pendingLabel="Opening Square" name="way" value="bank" wide>
          Pay by bank transfer
        </SubmitButton>
      )}
      <p className="text-small text-ink-soft">You pay on Square's secure page, without an added fee.{takesBank && BANK_TAKES}</p>
    </Form>
  );
}
