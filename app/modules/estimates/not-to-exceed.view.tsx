import type { Cents } from "~/kernel/money";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";

type Props = { most: Cents | null; total: Cents };

/** Shows the customer's not-to-exceed amount, and warns if the work order is above it. */
export function AgreedMost({ most, total }: Props) {
  const { money } = useFormat();
  if (most === null) return null;
  if (total <= most) return <p className="text-small text-ink-soft">Customer agreed to at most {money(most)}.</p>;
  return (
    <Notice tone="amber" title={`${money(total)} is more than the ${money(most)} the customer agreed to.`}>
      <p>Get their approval before you go on: send an estimate for the rest.</p>
    </Notice>
  );
}
