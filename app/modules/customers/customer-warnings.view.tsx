import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { type CreditProblem, creditMessage } from "./credit";

type Props = { warnings: { note: string | null; credit: CreditProblem | null; certificateExpired: string | null } };

/** What to know about a customer before more work is begun: the shop's note, credit and an expired tax certificate. */
export function CustomerWarnings({ warnings: { note, credit, certificateExpired } }: Props) {
  const { money, shortDay } = useFormat();
  return (
    <>
      {note && <Notice tone="amber" title={note} />}
      {credit && <Notice tone="red" title={creditMessage(credit, money)} />}
      {certificateExpired && <Notice tone="amber" title={`Tax exemption certificate expired ${shortDay(certificateExpired)}.`} />}
    </>
  );
}
