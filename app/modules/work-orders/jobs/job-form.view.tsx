import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Cents, moneyText, parseMoney, sumCents, toCents } from "~/kernel/money";
import type { LaborRate, Markup } from "~/modules/organizations/shop-rules/shop-rules";
import { Button } from "~/ui/button";
import { CONTROL, FieldError } from "~/ui/field-frame";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Section } from "~/ui/page";
import { useRowFocus } from "~/ui/row-focus";
import type { JobOption } from "../lines/job-options";
import { lineKindLabels, lineKinds } from "./job";
import { blankLine, lineField, type lineFields, suggestedPrice, type TypedLine, typedTotal } from "./job-form";
import { LinePlace } from "./line-place.view";
import { namedOptions, type TypedOption } from "./options-form";
import { OptionFields } from "./options-form.view";

type Props = {
  rows: readonly TypedLine[];
  rates: readonly LaborRate[];
  /** Markups for parts that have a cost and no price. */
  markups: readonly Markup[] | undefined;
  /** Whether the user sees and edits costs. */
  costs: boolean;
  /** The price of a new labor line. */
  hour: string;
  /** The page of the shop's rates; null if the user may not set them. */
  ratesAt: string | null;
  errors: Readonly<Record<string, string>> | undefined;
  /** What the job's options begin with; absent where lines have none. */
  options?: { rows: readonly TypedOption[]; preselected: string };
};

/**
 * The lines of a job as rows of fields, with a running total. Without JavaScript there are a few empty rows, and rows
 * left empty are ignored; with it rows can be added and removed.
 */
export function LineRows({ rows: first, rates, markups = [], costs, hour, ratesAt, errors, options: firstOptions }: Props) {
  const { money } = useFormat();
  const [rows, setRows] = useState<readonly TypedLine[]>(first);
  const change = (at: number, part: Partial<TypedLine>) => setRows((all) => all.map((row, place) => (place === at ? { ...row, ...part } : row)));
  const [optionRows, setOptionRows] = useState<readonly TypedOption[]>(firstOptions?.rows ?? []);
  const options = namedOptions(optionRows);
  const { around, ...focus } = useRowFocus();
  const totals = totalsBy(rows, options, markups);
  return (
    <Section title="Labor, parts and fees">
      {parseMoney(hour) === 0 && (
        <Notice tone="amber" title={`No labor rate is set, so an hour costs ${money(toCents(0))}.`}>
          {ratesAt ? (
            <p>
              Enter a price on each line, or{" "}
              <a href={ratesAt} target="_blank" rel="noreferrer" className="inline-flex min-h-[24px] items-center underline underline-offset-2">
                set your rates in another tab
              </a>
              .
            </p>
          ) : (
            <p>Enter a price on each line. An owner or manager can set the rate.</p>
          )}
        </Notice>
      )}
      <datalist id="labor-rates">
        {rates.map(({ name, perHour }) => (
          <option key={name} value={(perHour / 100).toFixed(2)}>
            {name}
          </option>
        ))}
      </datalist>
      <div ref={around} className="grid gap-2">
        <ul aria-label="Lines" className="divide-y divide-line border-y border-line">
          {rows.map((row, at) => (
            <li key={row.id} className="py-2">
              <LineRow
                row={row}
                at={at}
                markups={markups}
                costs={costs}
                errors={errors}
                onChange={(part) => change(at, part)}
                place={<LinePlace row={row} at={at} rows={rows} options={options} errors={errors} onChange={(part) => change(at, part)} />}
              >
                <Button icon={Trash2} data-remove onClick={() => focus.remove(() => setRows(rows.filter((_, place) => place !== at)), at)}>
                  <span className="sr-only">Remove line {at + 1} off</span>
                </Button>
              </LineRow>
            </li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="flex flex-wrap gap-2">
            {(["labor", "part", "fee", "core", "outside"] as const).map((kind) => (
              <Button
                key={kind}
                icon={Plus}
                data-add
                onClick={() => focus.add(() => setRows([...rows, blankLine(kind, kind === "labor" ? hour : "")]), lineField(rows.length, "text"))}
              >
                {lineKindLabels[kind]}
              </Button>
            ))}
          </div>
          <p className="ml-auto flex flex-wrap justify-end gap-x-4 font-semibold">
            Before supplies and tax
            {totals.map(({ name, total }) => (
              <span key={name} className="whitespace-nowrap">
                {name} <output className="pl-1 tabular-nums">{money(total)}</output>
              </span>
            ))}
          </p>
        </div>
      </div>
      {firstOptions && (
        <OptionFields
          rows={optionRows}
          preselected={firstOptions.preselected}
          errors={errors}
          onName={(at, name) => setOptionRows((all) => all.map((row, place) => (place === at ? { ...row, name } : row)))}
        />
      )}
    </Section>
  );
}

/** What the lines make, with each of the options. A core follows its part, whatever its own field has. */
function totalsBy(rows: readonly TypedLine[], options: readonly JobOption[], markups: readonly Markup[]): { name: string; total: Cents }[] {
  const optionOf = (row: TypedLine) => (row.kind === "core" && rows.find(({ id }) => id === row.of)?.option) || row.option;
  const of = (counted: readonly TypedLine[]) => sumCents(counted.flatMap((row) => [typedTotal(row, markups)].filter((sum) => sum !== null)));
  if (options.length === 0) return [{ name: "", total: of(rows) }];
  return options.map(({ id, name }) => ({ name, total: of(rows.filter((row) => ["", id].includes(optionOf(row)))) }));
}

const COLUMNS = {
  withCost: "lg:grid-cols-[7.5rem_minmax(0,1fr)_8rem_4.5rem_6rem_4.5rem_6rem_auto_5.5rem_auto]",
  withoutCost: "lg:grid-cols-[7.5rem_minmax(0,1fr)_8rem_4.5rem_6rem_4.5rem_auto_5.5rem_auto]",
};

type RowProps = {
  row: TypedLine;
  at: number;
  markups: readonly Markup[];
  costs: boolean;
  errors: Props["errors"];
  onChange(part: Partial<TypedLine>): void;
  /** Its option, and the part that it is the core of. */
  place: React.ReactNode;
  children: React.ReactNode;
};

/** A line; each field's accessible name includes the line number. */
function LineRow({ row, at, markups, costs, errors, onChange, place, children }: RowProps) {
  const { money } = useFormat();
  const sum = typedTotal(row, markups);
  const suggested = suggestedPrice(row, markups);
  // Labor and fees have no part number; hiding the field saves a row on phones.
  const unnumbered = row.kind === "labor" || row.kind === "fee";
  const control = (field: (typeof lineFields)[number]) => {
    const name = lineField(at, field);
    const wrong = errors?.[name];
    return { id: name, name, "aria-invalid": wrong ? true : undefined, "aria-describedby": wrong ? `${name}-error` : undefined };
  };
  const amount = (field: "quantity" | "each" | "discount" | "cost", label: string, list?: string) => (
    <Cell label={label} line={at + 1} field={lineField(at, field)}>
      <input
        {...control(field)}
        inputMode="decimal"
        list={list}
        placeholder={field === "each" && suggested !== null ? moneyText(suggested) : undefined}
        className={`${CONTROL} text-right tabular-nums`}
        value={row[field]}
        onChange={(event) => onChange({ [field]: event.currentTarget.value })}
      />
    </Cell>
  );
  const wrong = Object.entries(errors ?? {}).filter(([name]) => name.startsWith(`line-${at}-`));
  return (
    <div className={`grid grid-cols-6 items-end gap-2 ${costs ? COLUMNS.withCost : COLUMNS.withoutCost}`}>
      <input type="hidden" name={lineField(at, "id")} value={row.id} />
      <Cell label="Kind" line={at + 1} field={lineField(at, "kind")} span="col-span-2">
        <select
          {...control("kind")}
          className={CONTROL}
          value={row.kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as TypedLine["kind"] })}
        >
          {lineKinds.map((kind) => (
            <option key={kind} value={kind}>
              {lineKindLabels[kind]}
            </option>
          ))}
        </select>
      </Cell>
      <Cell label="Description" line={at + 1} field={lineField(at, "text")} span="col-span-4">
        <input {...control("text")} className={CONTROL} value={row.text} onChange={(event) => onChange({ text: event.currentTarget.value })} />
      </Cell>
      <Cell
        label="Part number"
        line={at + 1}
        field={lineField(at, "partNumber")}
        span={`col-span-4 ${unnumbered && row.partNumber === "" ? "max-lg:hidden" : ""}`}
      >
        <input
          {...control("partNumber")}
          className={`${CONTROL} font-mono`}
          value={row.partNumber}
          onChange={(event) => onChange({ partNumber: event.currentTarget.value })}
        />
      </Cell>
      {amount("quantity", row.kind === "labor" ? "Hours" : "Quantity")}
      {amount("each", "Price each", row.kind === "labor" ? "labor-rates" : undefined)}
      {amount("discount", "Off, %")}
      {costs && amount("cost", "Cost each")}
      <span className="col-span-2 grid lg:col-span-1">
        <label className="flex min-h-[24px] items-center gap-1.5 text-small whitespace-nowrap">
          <input
            type="checkbox"
            name={lineField(at, "supplies")}
            value="on"
            checked={row.supplies}
            onChange={(event) => onChange({ supplies: event.currentTarget.checked })}
            className="size-4"
          />
          Supplies<span className="sr-only"> are charged on line {at + 1}</span>
        </label>
        <label className="flex min-h-[24px] items-center gap-1.5 text-small whitespace-nowrap">
          <input
            type="checkbox"
            name={lineField(at, "safety")}
            value="on"
            checked={row.safety}
            onChange={(event) => onChange({ safety: event.currentTarget.checked })}
            className="size-4"
          />
          Safety<span className="sr-only"> depends on line {at + 1}</span>
        </label>
      </span>
      <span className="col-span-2 col-end-7 flex min-h-(--target) flex-wrap items-center justify-end gap-x-2 tabular-nums lg:contents">
        <span className="lg:justify-self-end">{sum === null ? "" : money(sum)}</span>
        <span className="justify-self-end">{children}</span>
      </span>
      {place}
      {wrong.length > 0 && (
        <div className="col-span-full">
          {wrong.map(([name, message]) => (
            <FieldError key={name} id={`${name}-error`}>
              {message}
            </FieldError>
          ))}
        </div>
      )}
    </div>
  );
}

type CellProps = { label: string; line: number; field: string; span?: string; children: React.ReactNode };

/** A labeled field of a line; only screen readers get the line number. */
const Cell = ({ label, line, field, span = "col-span-2", children }: CellProps) => (
  <div className={`grid ${span} lg:col-span-1`}>
    <label htmlFor={field} className="text-small text-ink-soft">
      {label}
      <span className="sr-only">, line {line}</span>
    </label>
    {children}
  </div>
);
