import { type FormEvent, useState } from "react";
import type { Id } from "~/kernel/ids";
import { type Cents, moneyText, parseMoney, toCents } from "~/kernel/money";
import { invoiceNumber } from "~/modules/invoices/invoice";
import { reopenedBy } from "~/modules/invoices/receivables/reopened-by";
import { Moment } from "~/ui/clock";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { otherAccountMessage, refundLabel } from "./refund-messages";
import type { RefundRequest } from "./refund-request";

/** The action of a page that has this command. */
type RefundAction = { commands: Record<"refund-through-square", unknown> };

type Props = {
  its: {
    sourceId: Id<"entry">;
    most: Cents;
    /** On its way back. */
    reserved: Cents;
    free: Cents;
    /** The account at Square that took it, where another one is connected now. */
    otherAccount: string | null;
    on: readonly { number: number | null; amount: Cents }[];
    requests: readonly Pick<RefundRequest, "id" | "state" | "amount" | "problem" | "createdAt">[];
  };
  /** A new id for the refund that the form asks for. */
  fresh: string;
  /** Where on the page it is: a payment with unapplied money is there twice. */
  place?: "credit" | "entry";
  /** Why Square can't be asked, or null. */
  whyNot: string | null;
};

/** The refunds of a payment that came through Square, and the form that asks for another. */
export function SquareRefund({ its, fresh, whyNot, place = "entry" }: Props) {
  const { money } = useFormat();
  const why = whyNot ?? (its.otherAccount === null ? null : otherAccountMessage(its.otherAccount));
  return (
    <div className="grid gap-1">
      {its.requests
        .filter(({ state }) => state !== "completed")
        .map((request) => (
          <p key={request.id} className="text-small">
            <strong className="font-semibold">{refundLabel(request, money)}</strong>{" "}
            <span className="text-ink-soft">
              <Moment at={request.createdAt} />
            </span>
          </p>
        ))}
      {its.most > 0 &&
        (why === null ? <Ask its={its} fresh={fresh} place={place} /> : <p className="text-small text-ink-soft">It can't be refunded from here. {why}</p>)}
    </div>
  );
}

function Ask({ its, fresh, place }: Pick<Props, "its" | "fresh"> & { place: string }) {
  const { money } = useFormat();
  const row = { source: its.sourceId, place };
  const form = `square-refund-${place}-${its.sourceId}`;
  const [amount, setAmount] = useState<Cents>(its.most);
  const follow = ({ target }: FormEvent<HTMLFormElement>) => {
    if (target instanceof HTMLInputElement && target.name === "amount") setAmount(parseMoney(target.value) ?? toCents(0));
  };
  const { reserved } = its;
  // What is on its way back goes first.
  const before = reopenedBy(reserved, its.free, its.on);
  const opened = reopenedBy(toCents(reserved + Math.min(amount, its.most)), its.free, its.on)
    .map((share) => ({ ...share, amount: toCents(share.amount - (before.find(({ number }) => number === share.number)?.amount ?? 0)) }))
    .filter((share) => share.amount > 0);
  const unapplied = Math.max(0, Math.min(amount, its.free - reserved));
  return (
    <Disclosure title="Refund through Square" style="link" open={useRefusedForm<RefundAction>()("refund-through-square", row) !== null}>
      <CommandForm<RefundAction> intent="refund-through-square" row={row} onChange={follow} className="grid gap-3">
        <input type="hidden" name="id" value={fresh} />
        <Field label="Amount" name="amount" id={`${form}-amount`} figures defaultValue={moneyText(its.most)} hint={`${money(its.most)} at most`} />
        <Field label="Reason" name="why" id={`${form}-why`} hint="The customer reads it in the refund's email" />
        <div aria-live="polite" className="text-small">
          {opened.length > 0 ? (
            <>
              <p>{unapplied > 0 ? `${money(toCents(unapplied))} of it is unapplied. These invoices are open again:` : "These invoices are open again:"}</p>
              <ul className="list-disc pl-5">
                {opened.map((share) => (
                  <li key={share.number}>
                    {invoiceNumber(share.number)} by {money(share.amount)}
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p>No invoice is open again: the money is unapplied.</p>
          )}
        </div>
        <SubmitButton pendingLabel="Asking Square">Refund through Square</SubmitButton>
      </CommandForm>
    </Disclosure>
  );
}
