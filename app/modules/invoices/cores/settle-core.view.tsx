import type { ReactNode } from "react";
import { type Quantity, quantityText } from "~/kernel/money";
import { CommandForm, useRefusedForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { useFormat } from "~/ui/format";
import { CoreList, type CoreSummary, isOne, oldParts } from "./core.view";

type CoreCommandName = "return-core" | "forfeit-core" | "reopen-core";
/** The action of a page that has these commands. */
type CoreAction = { commands: Record<CoreCommandName, unknown> };
type StaffProps = { cores: readonly (CoreSummary & { fresh: { return: string; forfeit: string; reopen: string } })[] };

/** The cores of an invoice, with forms to credit, forfeit or reopen them. */
export function CoresSection({ cores }: StaffProps) {
  const { money } = useFormat();
  const refused = useRefusedForm<CoreAction>();
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
          <CoreForm command="return-core" line={lineId} id={fresh.return} most={out}>
            <SubmitButton kind="quiet" pendingLabel="Crediting" aria-label={`${credit}: ${text}`}>
              {credit}
            </SubmitButton>
          </CoreForm>
        );
        const isRefused = (command: CoreCommandName) => refused(command, { line: lineId }) !== null;
        return (
          <div className="flex flex-wrap items-start gap-2">
            {isOut &&
              (isOne(out) ? (
                back
              ) : (
                <Disclosure title="Core returned" open={isRefused("return-core")}>
                  {back}
                </Disclosure>
              ))}
            {isOut && (
              <Disclosure title="Forfeit" open={isRefused("forfeit-core")}>
                <CoreForm command="forfeit-core" line={lineId} id={fresh.forfeit} most={out}>
                  <p className="max-w-80">The shop keeps {isOne(out) ? money(outWorth) : "the core charge"}, because the old part isn't coming back.</p>
                  <SubmitButton kind="danger" pendingLabel="Forfeiting" aria-label={`${forfeit}: ${text}`}>
                    {forfeit}
                  </SubmitButton>
                </CoreForm>
              </Disclosure>
            )}
            {mayReopen && (
              <Disclosure title="Undo forfeit" open={isRefused("reopen-core")}>
                <CoreForm command="reopen-core" line={lineId} id={fresh.reopen} most={forfeited}>
                  <Field label="Why" hint="Such as: the old part turned up, or the wrong core was forfeited" name="why" id={`reopen-core-${lineId}-why`} />
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

type FormProps = { command: CoreCommandName; line: string; id: string; most: Quantity; children: ReactNode };

/** Asks how many if there is more than one. */
const CoreForm = ({ command, line, id, most, children }: FormProps) => (
  <CommandForm<CoreAction> intent={command} row={{ line }} className={command === "return-core" ? "flex flex-wrap items-end gap-2" : "grid gap-3"}>
    <input type="hidden" name="id" value={id} />
    {!isOne(most) && (
      <div className="w-28">
        <Field label="How many" figures name="quantity" id={`${command}-${line}-quantity`} defaultValue={quantityText(most)} />
      </div>
    )}
    {children}
  </CommandForm>
);
