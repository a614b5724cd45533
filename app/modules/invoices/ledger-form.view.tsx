import { Field, Select } from "~/ui/field";
import { methods, methodWords } from "./ledger";

/** What came back with a refusal, of the form that was sent; null for every other form of the page. */
export type Typed = { fields?: Record<string, string>; values?: Record<string, string> } | null;

/** A field's name, what was typed into it and what was wrong with it. `form` keeps the ids of several forms apart. */
export const fieldOf = (form: string, typed: Typed, name: string, first = "") => ({
  name,
  id: `${form}-${name}`,
  defaultValue: typed?.values?.[name] ?? first,
  error: typed?.fields?.[name],
});

type Props = { form: string; typed: Typed; amount: string; today: string; dayLabel: string };

/** Money that came or goes: how much, how, under which reference, on which day. */
export function MoneyFields({ form, typed, amount, today, dayLabel }: Props) {
  return (
    <>
      <Field label="Amount" figures {...fieldOf(form, typed, "amount", amount)} />
      <Select label="How" {...fieldOf(form, typed, "method", "check")}>
        {methods.map((method) => (
          <option key={method} value={method}>
            {methodWords[method]}
          </option>
        ))}
      </Select>
      <Field label="Reference" hint="Check number, last four of the card" {...fieldOf(form, typed, "reference")} />
      <Field label={dayLabel} type="date" {...fieldOf(form, typed, "day", today)} />
    </>
  );
}
