import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { StateMark } from "~/ui/state-mark";
import type { commands } from "./commands.server";

type Action = { commands: typeof commands };

/** The switch for bank transfers, off until the owner turns it on. */
export function BankTransfers({ isOn, mayBank }: { isOn: boolean; mayBank: boolean }) {
  return (
    <CommandForm<Action> intent="switch-bank" className="grid gap-1">
      <p className="flex flex-wrap items-center gap-x-3">
        <span className="font-semibold">Bank transfer (ACH)</span>
        <StateMark bare tone={isOn ? "green" : "slate"} label={isOn ? "On" : "Off"} />
      </p>
      <p className="max-w-[60ch] text-ink-soft">
        Customers may pay from a bank account instead of a card. The money takes 3 to 5 business days; until it arrives, the invoice shows it as on its way. A
        bank can take it back for 60 days. Square's fee is 1%, at least $1.
      </p>
      {!isOn && !mayBank && <p className="max-w-[60ch] text-ink-soft">Square asks you to allow invoices and customers beside payments.</p>}
      <input type="hidden" name="bank" value={isOn ? "off" : "on"} />
      <div>
        <SubmitButton kind="quiet" pendingLabel="Saving">
          {isOn ? "Turn off bank transfers" : "Turn on bank transfers"}
        </SubmitButton>
      </div>
    </CommandForm>
  );
}
