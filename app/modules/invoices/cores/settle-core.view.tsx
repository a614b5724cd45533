import type { ReactNode } from "react";
import { Form } from "react-router";
import { type Quantity, quantityText } from "~/kernel/money";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { fieldOf, type Typed } from "../receivables/ledger-form.view";
import { CoreList, type CoreSummary, isOne, oldParts } from "./core.view";

type StaffProps = {
  cores: readonly (CoreSummary & { fresh: { return: string; forfeit: string; reopen: string } })[];
  /** Typed values and errors of the refused form for this core, if any. */
  typedOf(command: string, line: string): Typed;
};

/** The cores of an invoice, with forms to credit, forfeit or reopen them. */
export function CoresSection({ cores, typedOf }: StaffProps) {
  const { money } = useFormat();
  if (cores.length === 0) return null;
  return (
    <CoreList
      cores={cores}
      detail={({ isOut, out, outWorth }) =>
        isOut && (
          <p>
            Credit {money(outWorth)} (tax included) when the customer returns {oldParts(out)}.
          </p>
        )
      }
      note={
        cores.some(({ returns }) => returns.some(({ outcome, undone }) => outcome === "credited" && !undone)) && (
          <p className="text-small text-ink-soft">Credited by mistake? Reverse the credit note under Activity, and the core is out again.</p>
        )
      }
      commands={({ lineId, text, isOut, out, outWorth, mayReopen, forfeited, fresh }) => {
        const forfeit = isOne(out) ? "Forfeit this core" : "Forfeit these";
        const credit = isOne(out) ? "Core returned" : "Credit these";
        const back = (
          <CoreForm command="return-core" line={lineId} id={fresh.return} typed={typedOf("return-core", lineId)} most={out}>
            <SubmitButton kind="quiet" pendingLabel="Crediting" aria-label={`${credit}: ${text}`}>
              {credit}
            </SubmitButton>
          </CoreForm>
        );
        const reopening = typedOf("reopen-core", lineId);
        return (
          <div className="flex flex-wrap items-start gap-2">
            {isOut &&
              (isOne(out) ? (
                back
              ) : (
                <Disclosure title="Core returned" open={typedOf("return-core", lineId) !== null}>
                  {back}
                </Disclosure>
              ))}
            {isOut && (
              <Disclosure title="Forfeit" open={typedOf("forfeit-core", lineId) !== null}>
                <CoreForm command="forfeit-core" line={lineId} id={fresh.forfeit} typed={typedOf("forfeit-core", lineId)} most={out}>
                  <p className="max-w-80">The shop keeps {isOne(out) ? money(outWorth) : "the core charge"}, because the old part isn't coming back.</p>
                  <SubmitButton kind="danger" pendingLabel="Forfeiting" aria-label={`${forfeit}: ${text}`}>
                    {forfeit}
                  </SubmitButton>
                </CoreForm>
              </Disclosure>
            )}
            {mayReopen && (
              <Disclosure title="Undo forfeit" open={reopening !== null}>
                <CoreForm command="reopen-core" line={lineId} id={fresh.reopen} typed={reopening} most={forfeited}>
                  <Field
                    label="Why"
                    hint="Such as: the old part turned up, or the wrong core was forfeited"
                    {...fieldOf(`reopen-core-${lineId}`, reopening, "why")}
                  />
                  <SubmitButton pendingLabel="Undoing" aria-label={`Undo forfeit: ${text}`}>
                    Undo forfeit
                  </SubmitButton>
                </CoreForm>
              </Disclosure>
            )}
          </div>
        );
      }}
    />
  );
}

type FormProps = { command: string; line: string; id: string; typed: Typed; most: Quantity; children: ReactNode };

/** Asks how many if there is more than one. */
const CoreForm = ({ command, line, id, typed, most, children }: FormProps) => (
  <Form method="post" className={command === "return-core" ? "flex flex-wrap items-end gap-2" : "grid gap-3"} noValidate>
    <input type="hidden" name="intent" value={command} />
    <input type="hidden" name="line" value={line} />
    <input type="hidden" name="id" value={id} />
    {!isOne(most) && (
      <div className="w-28">
        <Field label="How many" figures {...fieldOf(`${command}-${line}`, typed, "quantity", quantityText(most))} />
      </div>
    )}
    {children}
  </Form>
);
