import { NOTCHES } from "./plate";
import { TONES, UNIT_STATES, type UnitState } from "./unit-state";

const LABELS: Record<UnitState, string> = {
  moving: "Moving",
  stopped: "Stopped",
  idle: "Idle",
  stale: "Stale",
  critical: "Critical",
};

/** What each notch on a plate means. */
export function MapLegend() {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-micro text-ink-soft">
      {UNIT_STATES.map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <svg
            aria-hidden="true"
            data-tone={TONES[state]}
            viewBox="-1 -1 12 26"
            className="h-[1.05em] w-[0.55em] overflow-visible fill-tone-lamp stroke-ink"
            strokeWidth="1.5"
          >
            <path d={NOTCHES[TONES[state]]} />
          </svg>
          {LABELS[state]}
        </li>
      ))}
    </ul>
  );
}
