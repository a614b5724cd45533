import { Select } from "~/ui/field";

/** Chooses one of the shop's people, or nobody. */
export function PersonSelect({ label, name, people }: { label: string; name: string; people: readonly { id: string; name: string }[] }) {
  return (
    <Select label={label} name={name}>
      <option value="">Unassigned</option>
      {people.map((person) => (
        <option key={person.id} value={person.id}>
          {person.name}
        </option>
      ))}
    </Select>
  );
}
