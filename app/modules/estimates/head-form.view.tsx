import { Field } from "~/ui/field";
import { TextArea } from "~/ui/text-area";

type Props = { values: Readonly<Record<string, string>>; errors: Readonly<Record<string, string>> | undefined };

/** What is said of an estimate besides its jobs, as a new one and a draft ask for it. */
export function HeadFields({ values, errors }: Props) {
  const of = (name: "title" | "note" | "insideNote" | "validThrough" | "deposit") => ({ name, defaultValue: values[name] ?? "", error: errors?.[name] });
  return (
    <>
      <Field label="What it is for" hint="The customer reads it first" {...of("title")} required />
      <TextArea label="Note to the customer" hint="What was found, what can wait" rows={3} {...of("note")} />
      <Field label="Stands until the end of" type="date" {...of("validThrough")} />
      <Field label="Deposit to ask for" hint="Before you begin; leave it empty for none" figures {...of("deposit")} />
      <TextArea label="Note for the shop" hint="The customer never sees it" {...of("insideNote")} />
    </>
  );
}
