import { Eye } from "lucide-react";
import { Icon } from "./icon";

/** Who else has this record open right now. */
export function Presence({ people }: { people: readonly string[] | undefined }) {
  if (!people || people.length === 0) return null;
  return (
    <span className="inline-flex items-center gap-1.5 text-small text-ink-soft">
      <Icon of={Eye} />
      {people.join(", ")} {people.length === 1 ? "is" : "are"} viewing this
    </span>
  );
}
