import { StateMark } from "~/ui/state-mark";

/** Follows the text of a line that concerns safety; draws nothing for the others. */
export const SafetyMark = ({ of }: { of: { safety?: boolean } }) =>
  of.safety ? (
    <span className="pl-2">
      <StateMark bare tone="red" label="Safety" />
    </span>
  ) : null;
