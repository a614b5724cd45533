import type { Meter } from "~/modules/assets/meters/meter";
import { useFormat } from "~/ui/format";

export type ChartedDay = { day: number; value: number; tracked: number };
const [WIDTH, HEIGHT, EDGE] = [640, 130, 10];

/** One meter's last counted reading of each day, with its source: a line, and a mark where a person read it. */
export function MeterChart({ meter, days }: { meter: Meter; days: readonly ChartedDay[] }) {
  const { reading, day: format } = useFormat();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last || days.length < 2) return null;
  const span = Math.max(1, last.day - first.day);
  // A total falls where a person confirmed that it does.
  const [least, most] = [Math.min(...days.map(({ value }) => value)), Math.max(...days.map(({ value }) => value))];
  const range = Math.max(1, most - least);
  const points = days.map((one) => ({
    ...one,
    x: EDGE + ((WIDTH - 2 * EDGE) * (one.day - first.day)) / span,
    y: HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (one.value - least)) / range,
  }));
  const dayText = (day: number) => format(new Date(day * 86_400_000).toISOString().slice(0, 10));
  return (
    <figure className="grid gap-1">
      <figcaption className="text-small text-ink-soft">
        {reading(meter, last.value - first.value)} from {dayText(first.day)} to {dayText(last.day)}. Circles are readings that a person took; the rest are from
        a tracker.
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className="h-auto w-full border-y border-line">
        <polyline points={points.map(({ x, y }) => `${x},${y}`).join(" ")} className="fill-none stroke-accent" strokeWidth="2" />
        {points
          .filter(({ tracked }) => tracked === 0)
          .map(({ day, x, y }) => (
            <circle key={day} cx={x} cy={y} r="4" className="fill-panel stroke-accent" strokeWidth="2" />
          ))}
      </svg>
    </figure>
  );
}
