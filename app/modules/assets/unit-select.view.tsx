import { Link } from "react-router";
import { paths } from "~/kernel/paths";
import { SearchField } from "~/ui/filters";
import { DataList, DataRow } from "~/ui/list";
import { Section } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { nameOfAsset } from "./asset";

type Unit = { id: string; unitNumber: string; year: number | null; make: string | null; model: string | null; customer: string };
type Props = { units: readonly Unit[]; query: string };

/** The first step of creating a record for a unit: choose the unit. Reopens the same page with `?unit=`. */
export function UnitChoice({ units, query }: Props) {
  return (
    <Section title="Which unit?">
      <div className="max-w-96">
        <SearchField label="Find a unit" value={query} placeholder="Unit number, VIN or customer" />
      </div>
      {units.length === 0 ? (
        <p className="text-ink-soft">
          {query ? `No unit matches "${query}".` : "No units yet."} Add new units on{" "}
          <Link to={paths.staff.customers} className="inline-flex min-h-(--target) items-center text-accent underline">
            their customer's record
          </Link>
          .
        </p>
      ) : (
        <DataList label="Units">
          {units.map((unit) => (
            <DataRow key={unit.id} to={`?unit=${unit.id}`} lead={<UnitPlate number={unit.unitNumber} />} title={nameOfAsset(unit)} detail={unit.customer} />
          ))}
        </DataList>
      )}
    </Section>
  );
}
