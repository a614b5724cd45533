import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { Notice } from "~/ui/notice";

type Later = { lineId: string; text: string; outcome: "unchosen" | "withdrawn" | "declined"; at: UtcMs };

const labels: Record<Later["outcome"], string> = { unchosen: "switched to another option", withdrawn: "taken off, not done", declined: "declined" };

/** What of an answer doesn't hold anymore. */
export function LaterDecisions({ later }: { later: readonly Later[] }) {
  if (later.length === 0) return null;
  return (
    <Notice tone="amber" title="Changed since this answer">
      <ul>
        {later.map(({ lineId, text, outcome, at }) => (
          <li key={lineId}>
            {text}: {labels[outcome]}, <Moment at={at} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
