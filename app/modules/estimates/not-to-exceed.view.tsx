import { type Cents, formatMoney } from "~/kernel/money";
import { Notice } from "~/ui/notice";

type Props = { most: Cents | null; total: Cents; currency: string; locale: string };

/** Says what a customer agreed to at most, and warns where the work has grown beyond it. */
export function AgreedMost({ most, total, currency, locale }: Props) {
  if (most === null) return null;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  if (total <= most) return <p className="text-small text-ink-soft">The customer agreed to {money(most)} at most.</p>;
  return (
    <Notice tone="amber" title={`${money(total)} is more than the ${money(most)} that the customer agreed to.`}>
      <p>Ask them before you go on: write an estimate for the rest.</p>
    </Notice>
  );
}
