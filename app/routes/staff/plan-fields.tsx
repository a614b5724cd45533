import { categories, categoryLabels } from "~/modules/maintenance/template";
import { Field, Select, Switch } from "~/ui/field";
import { useFormat } from "~/ui/format";

/** What kind of maintenance a plan is. */
export const CategorySelect = () => (
  <Select label="Kind" name="category">
    {categories.map((category) => (
      <option key={category} value={category}>
        {categoryLabels[category]}
      </option>
    ))}
  </Select>
);

type Canned = { id: string; name: string };

/** The job that a plan puts on a work order. */
export const JobSelect = ({ canned }: { canned: readonly Canned[] }) => (
  <Select label="Job on the work order" name="cannedJobId">
    <option value="">Only the name, without lines</option>
    {canned.map(({ id: cannedId, name }) => (
      <option key={cannedId} value={cannedId}>
        {name}
      </option>
    ))}
  </Select>
);

/** The intervals of a plan: distance, hours and time, whichever comes first. */
export function IntervalFields({ fixed }: { fixed: boolean }) {
  const { distanceUnit } = useFormat();
  return (
    <>
      <p className="font-semibold">Due after, whichever comes first</p>
      <div className="grid grid-cols-2 items-end gap-4 sm:grid-cols-3">
        <Field label="Distance" name="distance" unit={distanceUnit} figures hint="Such as 25,000" />
        <Field label="Due soon before" name="distanceSoon" unit={distanceUnit} figures hint="Empty for a tenth" />
      </div>
      <div className="grid grid-cols-2 items-end gap-4 sm:grid-cols-3">
        <Field label="Hours" name="hours" unit="h" figures hint="Such as 500" />
        <Field label="Due soon before" name="hoursSoon" id="hoursSoon" unit="h" figures hint="Empty for a tenth" />
        <Select label="Hours of" name="hoursMeter">
          <option value="engine">Engine</option>
          <option value="reefer">Reefer unit</option>
          <option value="pto">PTO</option>
        </Select>
      </div>
      <div className="grid grid-cols-2 items-end gap-4 sm:grid-cols-3">
        <Field label="Time" name="calendar" figures hint="Such as 12" />
        <Field label="Due soon before" name="soonDays" unit="days" figures hint="Empty for 14, or less" />
        <Select label="Counted in" name="calendarUnit">
          <option value="month">Months</option>
          <option value="day">Days</option>
        </Select>
      </div>
      <Switch
        label="The date stays the same"
        name="fixed"
        defaultChecked={fixed}
        hint="For documents such as a registration: the next date counts from the last date, not from the day it was renewed."
      />
    </>
  );
}
