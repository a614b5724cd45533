import type { Id } from "~/kernel/ids";
import { changeAccount } from "~/modules/invoices/receivables/change-account.server";
import type { LedgerCommand } from "~/modules/invoices/receivables/ledger-command";
import { isOpen } from "../disputes/dispute";
import { disputeStore } from "../disputes/dispute.store.server";
import { DISPUTED } from "./refund-messages";
import { whyNotByHand } from "./refund-request";
import { refundStore } from "./refund-request.store.server";

type Needs = Parameters<typeof changeAccount>[0];

/** Records a refund that the shop paid out itself; of a payment through Square only where Square could not make it. */
export const refundByHand = (s: Needs, customerId: Id<"customer">, command: Extract<LedgerCommand, { intent: "refund" }>) =>
  changeAccount(s, customerId, command, {
    async byHand() {
      const [requests, disputes] = await Promise.all([refundStore(s.db).ofSource(command.sourceId), disputeStore(s.db).ofSource(command.sourceId)]);
      return disputes.some(({ state }) => isOpen(state)) ? DISPUTED : (whyNotByHand(requests) ?? true);
    },
  });
