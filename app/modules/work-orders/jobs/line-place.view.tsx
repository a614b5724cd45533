import { CONTROL } from "~/ui/field-frame";
import type { JobOption } from "../lines/job-options";
import { lineField, NO_PART, type TypedLine } from "./job-form";

type Props = {
  row: TypedLine;
  at: number;
  rows: readonly TypedLine[];
  options: readonly JobOption[];
  errors: Readonly<Record<string, string>> | undefined;
  onChange(part: Partial<TypedLine>): void;
};

/** The option that a line is in, where its job has some; of a core charge the part it is for, whose option it is in too. */
export function LinePlace({ row, at, rows, options, errors, onChange }: Props) {
  const parts = rows.filter(({ kind, text }) => kind === "part" && text.trim() !== "");
  const above = rows.slice(0, at).findLast((one) => parts.includes(one));
  const of = row.of === "" ? (above?.id ?? NO_PART) : row.of;
  const isCore = row.kind === "core" && parts.length > 0;
  const follows = isCore && parts.some(({ id }) => id === of);
  const hasOption = options.length > 0 && !follows;
  if (!isCore && !hasOption && row.option === "") return null;
  const control = (field: "option" | "of") => {
    const name = lineField(at, field);
    const wrong = errors?.[name];
    return { id: name, name, "aria-invalid": wrong ? true : undefined, "aria-describedby": wrong ? `${name}-error` : undefined };
  };
  return (
    <div className="col-span-full flex flex-wrap gap-x-4 gap-y-1">
      {isCore && (
        <label htmlFor={lineField(at, "of")} className="flex items-center gap-2 text-small text-ink-soft">
          <span className="whitespace-nowrap">
            Core of<span className="sr-only"> line {at + 1}</span>
          </span>
          <select {...control("of")} className={`${CONTROL} max-w-64`} value={of} onChange={(event) => onChange({ of: event.currentTarget.value })}>
            {parts.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
            <option value={NO_PART}>No part on this job</option>
          </select>
        </label>
      )}
      {hasOption && (
        <label htmlFor={lineField(at, "option")} className="flex items-center gap-2 text-small text-ink-soft">
          <span className="whitespace-nowrap">
            Option<span className="sr-only"> of line {at + 1}</span>
          </span>
          <select
            {...control("option")}
            className={`${CONTROL} max-w-64`}
            value={row.option}
            onChange={(event) => onChange({ option: event.currentTarget.value })}
          >
            <option value="">In all of them</option>
            {options.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
            {row.option !== "" && !options.some(({ id }) => id === row.option) && <option value={row.option}>(removed)</option>}
          </select>
        </label>
      )}
      {!hasOption && row.option !== "" && <input type="hidden" name={lineField(at, "option")} value={row.option} />}
    </div>
  );
}
