import { StateGlyph, type Tone } from "./state-mark";

type Props = {
  number: string;
  state: Tone;
  /** Read after the number by screen readers, where no state label is next to the docket. */
  stateLabel?: string;
  /** `inherit` takes the size of the text around it. */
  size?: "small" | "medium" | "large" | "wall" | "inherit";
};

const SIZES = { small: "text-[0.9375rem]", medium: "text-[1.1875rem]", large: "text-[1.75rem]", wall: "text-[2.75rem]", inherit: "" };

/** A work order's number, as a ticket whose torn-off stub shows the state. */
export function Docket({ number, state, stateLabel, size = "small" }: Props) {
  return (
    <span
      data-tone={state}
      className={`inline-flex h-[1.5em] w-fit shrink-0 items-stretch overflow-hidden rounded-plate border border-control bg-panel align-middle font-condensed leading-none font-semibold tracking-[0.02em] whitespace-nowrap text-ink tabular-nums ${SIZES[size]}`}
    >
      <span className="flex items-center border-r border-dashed border-control bg-tone-soft px-[0.3em]">
        <StateGlyph tone={state} />
      </span>
      <span className="self-center px-[0.4em]">{number}</span>
      {stateLabel && <span className="sr-only">, {stateLabel}</span>}
    </span>
  );
}
