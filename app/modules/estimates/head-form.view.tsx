import { Field } from "~/ui/field";
import { TextArea } from "~/ui/text-area";

type Props = { values: Readonly<Record<string, string>>; errors: Readonly<Record<string, string>> | undefined };

/** Fields of an estimate besides its jobs, for a new estimate and for a draft. */
export function HeadFields({ values, errors }: Props) {
  const of = (name: "title" | "note" | "insideNote" | "validThrough" | "deposit") => ({ name, defaultValue: values[name] ?? "", error: errors?.[name] });
  return (
    <>
      <Field label="Title" hint="The first thing the customer reads" {...of("title")} required />
      <TextArea label="Note to the customer" hint="What you found, what can wait" rows={3} {...of("note")} />
      <Field label="Valid until" type="date" {...of("validThrough")} />
      <Field label="Deposit" hint="Due before work begins. Leave it empty for none." figures {...of("deposit")} />
      <TextArea label="Internal note" hint="The customer never sees this" {...of("insideNote")} />
    </>
  );
}
