import { Plus, Trash2 } from "lucide-react";
import { useEffect, useState } from "react";
import { parseMoney, sumCents, toCents } from "~/kernel/money";
import { Button } from "~/ui/button";
import { CONTROL, FieldError } from "~/ui/field-frame";
import { useFormat } from "~/ui/format";
import { useRowFocus } from "~/ui/row-focus";
import { vendorChargeKindLabels, vendorChargeKinds } from "./vendor-charges";
import { blankLine, chargeField, MOST_LINES, spareLines, TAX, type TypedLine, typedTotal } from "./vendor-charges-form";

type Props = {
  rows: readonly TypedLine[];
  /** As typed. */
  tax: string;
  errors: Readonly<Record<string, string>> | undefined;
};

/** Lines and tax of an estimate or invoice, with touch-sized fields and a running total. */
export function ChargeRows({ rows: first, tax: firstTax, errors }: Props) {
  const { money } = useFormat();
  const [rows, setRows] = useState(() => [...first, ...spareLines()].map((row, key) => ({ ...row, key, spare: key >= first.length })));
  useEffect(() => setRows((all) => all.filter(({ spare }) => !spare)), []);
  const change = (key: number, part: Partial<TypedLine>) => setRows((all) => all.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const [tax, setTax] = useState(firstTax);
  const lines = sumCents(rows.flatMap((row) => [typedTotal(row)].filter((sum) => sum !== null)));
  const total = sumCents([lines, parseMoney(tax.trim() || "0") ?? toCents(0)]);
  const { around, ...focus } = useRowFocus();
  return (
    <div ref={around} className="grid gap-3">
      {errors?.lines && <FieldError id="lines">{errors.lines}</FieldError>}
      <ul aria-label="Lines" className="divide-y divide-line border-y border-line">
        {rows.map((row, at) => {
          const field = (name: keyof TypedLine) => {
            const id = chargeField(at, name);
            const wrong = errors?.[id];
            return {
              id,
              name: id,
              value: row[name],
              "aria-invalid": wrong ? (true as const) : undefined,
              "aria-describedby": wrong ? `${id}-error` : undefined,
              onChange: ({ currentTarget }: { currentTarget: { value: string } }) => change(row.key, { [name]: currentTarget.value }),
            };
          };
          const sum = typedTotal(row);
          const wrong = (["kind", "text", "quantity", "each"] as const).map((name) => chargeField(at, name)).filter((id) => errors?.[id]);
          return (
            <li
              key={row.key}
              className={`${row.spare ? "hidden noscript:grid" : "grid"} grid-cols-[1fr_1fr_auto] items-end gap-2 py-3 sm:grid-cols-[7rem_minmax(0,1fr)_5.5rem_7rem_6.5rem_auto]`}
            >
              <Cell label="Kind" line={at} field={chargeField(at, "kind")} span="max-sm:col-span-3">
                <select {...field("kind")} className={CONTROL}>
                  {vendorChargeKinds.map((kind) => (
                    <option key={kind} value={kind}>
                      {vendorChargeKindLabels[kind]}
                    </option>
                  ))}
                </select>
              </Cell>
              <Cell label="Description" line={at} field={chargeField(at, "text")} span="max-sm:col-span-3">
                <input {...field("text")} className={CONTROL} autoComplete="off" />
              </Cell>
              <Cell label={row.kind === "labor" ? "Hours" : "Quantity"} line={at} field={chargeField(at, "quantity")}>
                <input {...field("quantity")} inputMode="decimal" className={`${CONTROL} text-right tabular-nums`} autoComplete="off" />
              </Cell>
              <Cell label="Price each" line={at} field={chargeField(at, "each")}>
                <input {...field("each")} inputMode="decimal" className={`${CONTROL} text-right tabular-nums`} autoComplete="off" />
              </Cell>
              <span className="flex min-h-(--target) items-center justify-end tabular-nums max-sm:hidden">{sum === null ? "" : money(sum)}</span>
              <Button icon={Trash2} data-remove onClick={() => focus.remove(() => setRows(rows.filter(({ key }) => key !== row.key)), at)}>
                <span className="sr-only">Remove line {at + 1} off</span>
              </Button>
              {wrong.length > 0 && (
                <div className="col-span-full">
                  {wrong.map((id) => (
                    <FieldError key={id} id={`${id}-error`}>
                      {errors?.[id]}
                    </FieldError>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex flex-wrap gap-2">
          {rows.length < MOST_LINES &&
            vendorChargeKinds.map((kind) => (
              <Button
                key={kind}
                icon={Plus}
                data-add
                onClick={() =>
                  focus.add(
                    () => setRows([...rows, { ...blankLine(kind), spare: false, key: Math.max(0, ...rows.map(({ key }) => key)) + 1 }]),
                    chargeField(rows.length, "text"),
                  )
                }
              >
                {vendorChargeKindLabels[kind]}
              </Button>
            ))}
        </div>
        <div className="ml-auto grid grid-cols-[auto_7rem] items-center gap-x-4 gap-y-1 text-right tabular-nums">
          <label htmlFor={TAX}>Tax, if any</label>
          <input
            id={TAX}
            name={TAX}
            value={tax}
            onChange={({ currentTarget }) => setTax(currentTarget.value)}
            inputMode="decimal"
            className={`${CONTROL} text-right`}
            autoComplete="off"
            aria-invalid={errors?.[TAX] ? true : undefined}
            aria-describedby={errors?.[TAX] ? `${TAX}-error` : undefined}
          />
          <span className="text-lead font-semibold">Total</span>
          <output className="text-lead font-semibold">{money(total)}</output>
        </div>
      </div>
      {errors?.[TAX] && <FieldError id={`${TAX}-error`}>{errors[TAX]}</FieldError>}
    </div>
  );
}

type CellProps = { label: string; line: number; field: string; span?: string; children: React.ReactNode };

/** A labeled field of a line; only screen readers get the line number. */
const Cell = ({ label, line, field, span = "", children }: CellProps) => (
  <div className={`grid min-w-0 ${span}`}>
    <label htmlFor={field} className="text-small text-ink-soft">
      {label}
      <span className="sr-only">, line {line + 1}</span>
    </label>
    {children}
  </div>
);
