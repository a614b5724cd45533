import { StateMark, type Tone } from "~/ui/state-mark";
import { type InvoiceStatus, statusLabels } from "./invoice";

const tones: Record<InvoiceStatus, Tone> = { draft: "slate", issued: "blue", partial: "blue", paid: "green", overdue: "red", void: "slate" };

export const StatusMark = ({ status, bare }: { status: InvoiceStatus; bare?: boolean }) => (
  <StateMark bare={bare} tone={tones[status]} label={statusLabels[status]} />
);
