import type { Cents } from "~/kernel/money";
import type { Format } from "~/ui/format";
import type { NoticeItem } from "~/ui/notice-list";
import type { TaxChange } from "./tax-change";

/** Why the total of an order moved by its tax, and whether it passes what the customer approved by `over`. */
export function taxChangeNotices(change: TaxChange | null, over: Cents, { money }: Pick<Format, "money">): NoticeItem[] {
  return [
    ...(change ? [ofChange(change, money)] : []),
    ...(over > 0
      ? [
          {
            tone: "amber" as const,
            title: `Tax and supplies bring the approved work ${money(over)} above what the customer approved.`,
            detail: "Tell the customer before it is invoiced. Issuing the invoice asks for the reason.",
          },
        ]
      : []),
  ];
}

function ofChange({ kind, before, after }: TaxChange, money: Format["money"]): NoticeItem {
  switch (kind) {
    case "charged":
      return {
        tone: "amber",
        title: "Tax is charged now.",
        detail: `The customer's tax exemption was removed after this order was opened. The total rose from ${money(before)} to ${money(after)}.`,
      };
    case "exempt":
      return {
        tone: "blue",
        title: "No tax is charged now.",
        detail: `A tax exemption certificate was entered after this order was opened. The total fell from ${money(before)} to ${money(after)}.`,
      };
    case "expired":
      return {
        tone: "amber",
        title: "The customer's tax exemption certificate expired.",
        detail: `Enter the new one on the customer, or remove it to charge tax: the total is then ${money(after)} instead of ${money(before)}. Until then, no estimate or invoice goes out.`,
      };
  }
}
