import type { Cents } from "~/kernel/money";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import type { TaxChange } from "./tax-change";

type Props = {
  change: TaxChange | null;
  /** What tax and supplies add beyond the total that the customer agreed to. */
  over: Cents;
};

/** Why the total of an order moved by its tax, and whether it passes what the customer approved. */
export function TaxChangeNotice({ change, over }: Props) {
  const { money } = useFormat();
  return (
    <>
      {change?.kind === "charged" && (
        <Notice tone="amber" title="Tax is charged now.">
          <p>
            The customer's tax exemption was removed after this order was opened. The total rose from {money(change.before)} to {money(change.after)}.
          </p>
        </Notice>
      )}
      {change?.kind === "exempt" && (
        <Notice tone="blue" title="No tax is charged now.">
          <p>
            A tax exemption certificate was entered after this order was opened. The total fell from {money(change.before)} to {money(change.after)}.
          </p>
        </Notice>
      )}
      {change?.kind === "expired" && (
        <Notice tone="amber" title="The customer's tax exemption certificate expired.">
          <p>
            Enter the new one on the customer, or remove it to charge tax: the total is then {money(change.after)} instead of {money(change.before)}. Until
            then, no estimate or invoice goes out.
          </p>
        </Notice>
      )}
      {over > 0 && (
        <Notice tone="amber" title={`Tax and supplies bring the approved work ${money(over)} above what the customer approved.`}>
          <p>Tell the customer before it is invoiced. Issuing the invoice asks for the reason.</p>
        </Notice>
      )}
    </>
  );
}
