import { Field, Select } from "~/ui/field";
import { TextArea } from "~/ui/text-area";
import { answerHours, hoursLabel } from "./answer-clock";

type Props = {
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>> | undefined;
  /** The contacts who can answer. */
  deciders: readonly { id: string; name: string }[];
};

/** Fields of an estimate besides its jobs, for a new estimate and for a draft. */
export function HeadFields({ values, errors, deciders }: Props) {
  const of = (name: "title" | "note" | "insideNote" | "validThrough" | "deposit" | "answerHours" | "backup") => ({
    name,
    defaultValue: values[name] ?? "",
    error: errors?.[name],
  });
  return (
    <>
      <Field label="Title" hint="The first thing the customer reads" {...of("title")} required />
      <TextArea label="Note to the customer" hint="What you found, what can wait" rows={3} {...of("note")} />
      <Field label="Valid until" type="date" {...of("validThrough")} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <Select label="Answer wanted within" hint="At half of it, the customer is reminded." {...of("answerHours")}>
          <option value="">No hurry</option>
          {answerHours.map((hours) => (
            <option key={hours} value={hours}>
              {hoursLabel(hours)}
            </option>
          ))}
        </Select>
        {deciders.length > 1 && (
          <Select label="Backup approver" hint="Asked if no one else answers in time" {...of("backup")}>
            <option value="">None</option>
            {deciders.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </div>
      <Field label="Deposit" hint="Due before work begins. Leave it empty for none." figures {...of("deposit")} />
      <TextArea label="Internal note" hint="The customer never sees this" {...of("insideNote")} />
    </>
  );
}
