import { ConfirmDoubts } from "~/ui/confirm-doubts";
import { Field, Select, Switch } from "~/ui/field";
import { methodLabels, methods } from "./ledger";

type Props = {
  /** Keeps the ids of several forms on a page apart. */
  form: string;
  amount?: string;
  dayLabel: string;
};

/** Fields of a payment or refund: amount, method, reference, day. */
export function MoneyFields({ form, amount, dayLabel }: Props) {
  return (
    <>
      <Field label="Amount" name="amount" id={`${form}-amount`} figures defaultValue={amount} />
      <Select label="How" name="method" id={`${form}-method`}>
        {methods.map((method) => (
          <option key={method} value={method}>
            {methodLabels[method]}
          </option>
        ))}
      </Select>
      <Field label="Reference" name="reference" id={`${form}-reference`} hint="Check number or last four digits of the card" />
      <Field label={dayLabel} type="date" name="day" id={`${form}-day`} />
      <ConfirmDoubts form={form} />
    </>
  );
}

/** Whether the customer is mailed a receipt; on unless it is turned off. */
export const ReceiptSwitch = ({ form }: { form: string }) => <Switch label="Email a receipt" name="receipt" value="on" id={`${form}-receipt`} defaultChecked />;
