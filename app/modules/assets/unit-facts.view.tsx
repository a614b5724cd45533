import { useFormat } from "~/ui/format";
import { type UnitFacts, unitFactRows } from "./unit-facts";

/** A unit as its document describes it: VIN, plate, make and meters in a line that wraps. */
export function UnitFactLine({ unit, when }: { unit: UnitFacts; when: Parameters<typeof unitFactRows>[2] }) {
  const rows = unitFactRows(unit, useFormat(), when);
  if (rows.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-small">
      {rows.map(({ term, value }) => (
        <div key={term} className="flex flex-wrap gap-x-1.5">
          <dt className="text-ink-soft">{term}</dt>
          <dd className={term === "VIN" || term === "Serial number" ? "font-mono tracking-[-0.055em]" : "tabular-nums"}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
