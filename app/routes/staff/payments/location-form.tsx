import { CommandForm } from "~/ui/command-form";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";

type Props = { locations: readonly { id: string; name: string; whyNot: string | null }[]; chosen: string | null };

/** A location that can't be chosen is listed with the reason. */
export function LocationForm<Action extends { commands: { "choose-location": unknown } }>({ locations, chosen }: Props) {
  const unusable = locations.filter(({ whyNot }) => whyNot !== null);
  return (
    <CommandForm<Action> intent={"choose-location" as never} saved={{ locationId: chosen ?? "" }} className="grid max-w-md gap-3">
      <Select label="Location" name="locationId" hint="Payments are booked to this location of your Square account">
        <option value="">Choose a location</option>
        {locations.map(({ id, name, whyNot }) => (
          <option key={id} value={id} disabled={whyNot !== null}>
            {name}
          </option>
        ))}
      </Select>
      {unusable.map(({ id, name, whyNot }) => (
        <p key={id} className="text-small text-ink-soft">
          {name}: {whyNot}
        </p>
      ))}
      <div>
        <SubmitButton kind="quiet" pendingLabel="Saving">
          Save location
        </SubmitButton>
      </div>
    </CommandForm>
  );
}
