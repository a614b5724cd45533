import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import type { OrderAuthorization } from "./authorization";
import type { AgreedMost } from "./line-decision";
import { overLabel } from "./line-labels";

type Props = {
  authorization: OrderAuthorization;
  most: AgreedMost;
  /** Whether lines can still be offered: not on an order that is completed, invoiced or canceled. */
  mayOffer: boolean;
};

/**
 * Quoted, authorized and to bill, before supplies and tax. An order approved as quoted shows one sentence; one without
 * a quote, a decision or a limit shows nothing.
 */
export function AuthorizedSums({ authorization, most, mayOffer }: Props) {
  const { money } = useFormat();
  const { quoted, authorized, toBill, over, applies } = authorization;
  if (!applies) return null;
  const label = overLabel(authorization);
  const limit = Math.max(most.standing ?? 0, most.named ?? 0);
  const limitText = limit > 0 && (
    <p className="text-small text-ink-soft">Work up to {money(limit as typeof toBill)}, with supplies and tax, needs no estimate.</p>
  );
  if (over === 0 && authorized === toBill && (quoted === authorized || quoted === 0))
    return (
      <>
        <p className="pt-2 font-semibold">Authorized {money(authorized)} before supplies and tax.</p>
        {limitText}
      </>
    );
  return (
    <>
      <dl className="grid grid-cols-[auto_auto] justify-between gap-x-4 pt-2">
        {(
          [
            ["Quoted", quoted],
            ["Authorized", authorized],
            ["To bill", toBill],
          ] as const
        ).map(([term, sum]) => (
          <div key={term} className="contents">
            <dt>{term}</dt>
            <dd className="text-right tabular-nums">{money(sum)}</dd>
          </div>
        ))}
      </dl>
      <p className="text-small text-ink-soft">Before supplies and tax.</p>
      {limitText}
      {over > 0 &&
        (label ? (
          <Notice tone="amber" title={label}>
            <p>
              {money(over)} to bill isn't authorized.{" "}
              {mayOffer ? "Send an estimate before you go on." : "Record the customer's decision, or the shop's, before it is invoiced."}
            </p>
          </Notice>
        ) : (
          <p className="text-small text-ink-soft">{money(over)} waits for the customer's answer.</p>
        ))}
    </>
  );
}
