import { formatMoney } from "~/kernel/money";
import { Moment } from "~/ui/clock";
import type { MomentOptions } from "~/ui/moment";
import { Fact, Facts, Section } from "~/ui/page";
import { DrawnSignature } from "~/ui/signature-pad";
import type { Decision } from "../revision";

type Props = { decision: Decision; revision: number; moment: MomentOptions; currency: string; locale: string };

/** Proof of a decision: who decided, when, how and from which address. */
export function Evidence({ decision, revision, moment, currency, locale }: Props) {
  return (
    <Section title="Evidence">
      <Facts>
        <Fact term="Who">{[decision.who, decision.email].filter(Boolean).join(", ")}</Fact>
        <Fact term="How">{decision.how}</Fact>
        <Fact term="When">
          <Moment at={decision.at} {...moment} />
        </Fact>
        <Fact term="Address">{decision.ip ?? "unknown"}</Fact>
        {decision.notToExceed !== null && <Fact term="Not to exceed">{formatMoney(decision.notToExceed, currency, locale)}</Fact>}
        <Fact term={`SHA-256 of revision ${revision}`} code>
          {decision.hash}
        </Fact>
      </Facts>
      {decision.drawn && <DrawnSignature path={decision.drawn} of={decision.who} />}
    </Section>
  );
}
