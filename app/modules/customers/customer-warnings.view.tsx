import { type Format, useFormat } from "~/ui/format";
import { type NoticeItem, NoticeList } from "~/ui/notice-list";
import { type CreditProblem, creditMessage } from "./credit";

type Warnings = { note: string | null; credit: CreditProblem | null; certificateExpired: string | null };

/** What to know about a customer before more work is begun: the shop's note, credit and an expired tax certificate. */
export const customerNotices = ({ note, credit, certificateExpired }: Warnings, { money, shortDay }: Format): NoticeItem[] => [
  ...(note ? [{ tone: "amber" as const, title: note }] : []),
  ...(credit ? [{ tone: "red" as const, title: creditMessage(credit, money) }] : []),
  ...(certificateExpired ? [{ tone: "amber" as const, title: `Tax exemption certificate expired ${shortDay(certificateExpired)}.` }] : []),
];

export const CustomerWarnings = ({ warnings }: { warnings: Warnings }) => <NoticeList items={customerNotices(warnings, useFormat())} />;
