import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { type Cents, formatMoney, type Quantity, quantityText } from "~/kernel/money";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { CoreList, isOne, type Manner, oldParts, type Told } from "./core.view";
import { fieldOf, type Typed } from "./ledger-form.view";

type StaffProps = Manner & {
  cores: readonly (Told & { fresh: { return: string; forfeit: string } })[];
  /** What came back with a refusal, of the form that was sent for this core. */
  typedOf(act: string, line: string): Typed;
};

/** The cores of an invoice: what is out, and what is done when the customer brings the old part, or never will. */
export function CoresSection({ cores, typedOf, ...manner }: StaffProps) {
  const money = (amount: Cents) => formatMoney(amount, manner.currency, manner.locale);
  if (cores.length === 0) return null;
  return (
    <CoreList
      {...manner}
      cores={cores}
      detail={({ isOut, out, outWorth }) =>
        isOut && (
          <p>
            {money(outWorth)} with its tax is credited when {oldParts(out)} {isOne(out) ? "comes" : "come"} back.
          </p>
        )
      }
      note={
        cores.some(({ returns }) => returns.some(({ outcome, undone }) => outcome === "credited" && !undone)) && (
          <p className="text-small text-ink-soft">Credited by mistake? Reverse the credit note under What happened; then the core is out again.</p>
        )
      }
      acts={({ lineId, text, out, outWorth, fresh }) => {
        const forfeit = isOne(out) ? "Forfeit this core" : "Forfeit these";
        const credit = isOne(out) ? "Core returned" : "Credit these";
        const back = (
          <CoreForm act="return-core" line={lineId} id={fresh.return} typed={typedOf("return-core", lineId)} out={out}>
            <SubmitButton kind="quiet" pendingWord="Crediting" aria-label={`${credit}: ${text}`}>
              {credit}
            </SubmitButton>
          </CoreForm>
        );
        return (
          <div className="flex flex-wrap items-start gap-2">
            {isOne(out) ? (
              back
            ) : (
              <Disclosure title="Core returned" open={typedOf("return-core", lineId) !== null}>
                {back}
              </Disclosure>
            )}
            <Disclosure title="Forfeit" open={typedOf("forfeit-core", lineId) !== null}>
              <CoreForm act="forfeit-core" line={lineId} id={fresh.forfeit} typed={typedOf("forfeit-core", lineId)} out={out}>
                <p className="max-w-80">The shop keeps {isOne(out) ? money(outWorth) : "what these are worth"}: nobody brings the old part any more.</p>
                <SubmitButton kind="danger" pendingWord="Forfeiting" aria-label={`${forfeit}: ${text}`}>
                  {forfeit}
                </SubmitButton>
              </CoreForm>
            </Disclosure>
          </div>
        );
      }}
    />
  );
}

type FormProps = { act: string; line: string; id: string; typed: Typed; out: Quantity; children: ReactNode };

/** Where more than one is out, it asks how many. */
const CoreForm = ({ act, line, id, typed, out, children }: FormProps) => (
  <Form method="post" className={act === "forfeit-core" ? "grid gap-3" : "flex flex-wrap items-end gap-2"} noValidate>
    <input type="hidden" name="act" value={act} />
    <input type="hidden" name="line" value={line} />
    <input type="hidden" name="id" value={id} />
    {!isOne(out) && (
      <div className="w-28">
        <Field label="How many" figures {...fieldOf(`${act}-${line}`, typed, "quantity", quantityText(out))} />
      </div>
    )}
    {children}
  </Form>
);
