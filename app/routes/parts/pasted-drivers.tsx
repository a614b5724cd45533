import { UserPlus } from "lucide-react";
import { useRef } from "react";
import type { AddedDriver } from "~/modules/drivers/add-pasted-drivers.server";
import type { PastedLine } from "~/modules/drivers/pasted-drivers";
import { CommandForm } from "~/ui/command-form";
import { DataTable } from "~/ui/data-table";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { TextArea } from "~/ui/text-area";
import { useFormResult } from "~/ui/use-form-result";

type Refused = Extract<PastedLine, { problem: string }>;
type Answer = { done?: string | null; problem: null; checked?: { lines: PastedLine[]; text: string }; added?: AddedDriver[]; left?: Refused[] };
/** The commands of such a page, as far as these forms know them. */
type ListAction = (() => Promise<Answer | { problem: { message: string } }>) & { commands: { check: unknown; add: unknown } };

const counted = (count: number): string => (count === 1 ? "1 driver" : `${count} drivers`);

/** A list is pasted, looked at line by line, and then added; what was refused stays to be corrected. */
export function PastedDrivers({ list }: { list: string }) {
  const result = useFormResult<ListAction>();
  const answer = result?.problem === null ? (result as Answer) : null; // the commands' own answers
  const checked = answer?.checked;
  const good = checked?.lines.filter((line) => "driver" in line) ?? [];
  const refused = checked?.lines.filter((line): line is Refused => "problem" in line) ?? answer?.left ?? [];
  const text = checked?.text ?? refused.map((line) => line.text).join("\n");
  // What was typed stays as it is while it is checked; only adding takes lines away.
  const left = useRef("");
  if (answer?.left) left.current = text;
  return (
    <>
      <FormResult result={result} />
      {answer?.added && answer.added.length > 0 && <AddedDrivers drivers={answer.added} />}
      {checked && good.length > 0 && (
        <Section title="To be added" count={good.length}>
          <DataTable
            caption="Drivers as they are read"
            rows={good.map((line) => ({ at: line.at, ...line.driver }))}
            rowKey={({ at }) => String(at)}
            columns={[
              { key: "name", title: "Name", wraps: true, cell: ({ name }) => name },
              { key: "email", title: "Email", wraps: true, cell: ({ email }) => email ?? "none" },
              { key: "phone", title: "Phone", cell: ({ phone }) => phone ?? "none" },
            ]}
          />
          <CommandForm<ListAction> intent="add">
            <input type="hidden" name="list" value={list} />
            <textarea name="text" defaultValue={checked.text} key={checked.text} hidden readOnly aria-hidden="true" tabIndex={-1} />
            <SubmitButton icon={UserPlus} pendingLabel="Adding">{`Add ${counted(good.length)}`}</SubmitButton>
          </CommandForm>
        </Section>
      )}
      {checked && checked.lines.length === 0 && <Notice tone="amber" title="No driver was found in this list." />}
      {refused.length > 0 && (
        <Section title={checked ? "Can't be added" : "Not added"} count={refused.length}>
          <DataTable
            caption="Lines that can't be added"
            rows={refused}
            rowKey={({ at }) => String(at)}
            columns={[
              { key: "at", title: "Line", cell: ({ at }) => at },
              { key: "text", title: "Text", wraps: true, cell: ({ text }) => text },
              { key: "problem", title: "Why", wraps: true, cell: ({ problem }) => problem },
            ]}
          />
        </Section>
      )}
      <CommandForm<ListAction> key={left.current} intent="check" saved={{ text }} className="grid max-w-160 gap-4">
        <TextArea
          label={text ? "List to correct" : "List of drivers"}
          name="text"
          rows={8}
          spellCheck={false}
          hint="One driver a line: name, then email, phone or both. Commas, tabs or semicolons between them; copied from a spreadsheet is fine."
        />
        <div>
          <SubmitButton kind={good.length > 0 ? "quiet" : "primary"} pendingLabel="Checking">
            Check the list
          </SubmitButton>
        </div>
      </CommandForm>
    </>
  );
}

const AddedDrivers = ({ drivers }: { drivers: readonly AddedDriver[] }) => (
  <Section title="Codes and PINs" count={drivers.length}>
    <p>Give each driver the PIN now. They won't be shown again.</p>
    <DataTable
      caption="Codes and PINs of the new drivers"
      rows={drivers}
      rowKey={({ id }) => id}
      columns={[
        { key: "name", title: "Name", wraps: true, cell: ({ name }) => name },
        { key: "code", title: "Code", code: true, cell: ({ code }) => code },
        { key: "pin", title: "PIN", code: true, cell: ({ pin }) => pin },
      ]}
    />
  </Section>
);
