import { type Cents, formatMoney } from "~/kernel/money";
import { Notice } from "~/ui/notice";

type Props = { most: Cents | null; total: Cents; currency: string; locale: string };

/** Shows the customer's not-to-exceed amount, and warns if the work order is above it. */
export function AgreedMost({ most, total, currency, locale }: Props) {
  if (most === null) return null;
  const money = (amount: Cents) => formatMoney(amount, currency, locale);
  if (total <= most) return <p className="text-small text-ink-soft">Customer agreed to at most {money(most)}.</p>;
  return (
    <Notice tone="amber" title={`${money(total)} is more than the ${money(most)} the customer agreed to.`}>
      <p>Get their approval before you go on: send an estimate for the rest.</p>
    </Notice>
  );
}
