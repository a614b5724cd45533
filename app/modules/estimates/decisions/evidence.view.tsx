import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Fact, Facts, Section } from "~/ui/page";
import { DrawnSignature } from "~/ui/signature-pad";
import type { Decision } from "../revision";

type Props = { decision: Decision; revision: number };

/** Proof of a decision: who decided, when, how and from which address. */
export function Evidence({ decision, revision }: Props) {
  const { money } = useFormat();
  return (
    <Section title="Evidence">
      <Facts>
        <Fact term="Who">{[decision.who, decision.email].filter(Boolean).join(", ")}</Fact>
        <Fact term="How">{decision.how}</Fact>
        <Fact term="When">
          <Moment at={decision.at} />
        </Fact>
        <Fact term="IP address">{decision.ip ?? "unknown"}</Fact>
        {decision.userAgent && <Fact term="Browser">{decision.userAgent}</Fact>}
        {decision.split && <Fact term="Split">The customer split lines that were offered all or nothing, as {decision.recordedBy} confirmed.</Fact>}
        {decision.notToExceed !== null && <Fact term="Not to exceed">{money(decision.notToExceed)}</Fact>}
        <Fact term={`SHA-256 of revision ${revision}`} code>
          {decision.hash}
        </Fact>
      </Facts>
      {decision.drawn && <DrawnSignature path={decision.drawn} of={decision.who} />}
    </Section>
  );
}
