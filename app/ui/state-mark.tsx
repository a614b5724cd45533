import type { ReactElement } from "react";

/** The colors of the five states; each also has its own shape, so that none relies on color alone. */
export type Tone = "slate" | "blue" | "amber" | "green" | "red";

const SHAPES: Record<Tone, ReactElement> = {
  slate: <circle cx="6" cy="6" r="4.1" fill="none" strokeWidth="2" />,
  blue: <rect x="1.6" y="1.6" width="8.8" height="8.8" rx="1" />,
  amber: <path d="M6 1 11.3 10.7H.7Z" />,
  green: <circle cx="6" cy="6" r="4.8" />,
  red: <path d="M6 .5 11.5 6 6 11.5.5 6Z" />,
};

/** The shape alone, where a label is nearby. */
export function StateGlyph({ tone }: { tone: Tone }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 12 12"
      data-tone={tone}
      className="size-[0.8em] shrink-0 fill-tone-lamp stroke-tone"
      strokeWidth="1.4"
      strokeLinejoin="round"
    >
      {SHAPES[tone]}
    </svg>
  );
}

/** A state as color, shape and label. `bare` leaves out the background, for dense lists. */
export function StateMark({ tone, label, bare = false }: { tone: Tone; label: string; bare?: boolean }) {
  const background = bare ? "" : "rounded-plate bg-tone-soft px-1.5 text-tone-ink";
  return (
    <span data-tone={tone} className={`inline-flex items-center gap-1.5 font-semibold whitespace-nowrap ${background}`}>
      <StateGlyph tone={tone} />
      {label}
    </span>
  );
}
