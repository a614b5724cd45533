import type { Tone } from "./state-mark";

type Props = {
  number: string;
  state?: Tone;
  /** Read after the number by screen readers, where no state label is next to the plate. */
  stateLabel?: string;
  /** `inherit` takes the size of the text around it. */
  size?: "small" | "medium" | "large" | "wall" | "inherit";
};

/** The notch in a plate's left edge by state: bar, bulge, two blocks, arrow, teeth. */
const NOTCHES: Record<Tone, string> = {
  slate: "M0 0H4V24H0Z",
  blue: "M0 0H2C12 4 12 20 2 24H0Z",
  amber: "M0 0H9V9H4V15H9V24H0Z",
  green: "M0 0H2L10 12 2 24H0Z",
  red: "M0 0H9L4 6 9 12 4 18 9 24H0Z",
};

const SIZES = { small: "text-[0.9375rem]", medium: "text-[1.1875rem]", large: "text-[1.75rem]", wall: "text-[2.75rem]", inherit: "" };

/** Longer numbers wrap on a phone, where other text is next to them. */
const LONG = 12;
const onPhone = (size: keyof typeof SIZES) =>
  `max-sm:h-auto max-sm:min-h-[1.5em] max-sm:whitespace-normal max-sm:wrap-break-word ${size === "small" ? "max-sm:max-w-[24vw]" : "max-sm:max-w-full"}`;

/** An asset's unit number on a plate, with its state as a notch in the edge. */
export function UnitPlate({ number, state, stateLabel, size = "small" }: Props) {
  return (
    <span
      data-tone={state}
      className={`inline-flex h-[1.5em] w-fit shrink-0 items-stretch overflow-hidden rounded-plate border-[1.5px] border-ink bg-panel align-middle font-condensed leading-none font-semibold tracking-[0.02em] whitespace-nowrap text-ink tabular-nums ${SIZES[size]} ${number.length > LONG ? onPhone(size) : ""}`}
    >
      {state && (
        <svg
          aria-hidden="true"
          viewBox="0 0 11 24"
          preserveAspectRatio="none"
          className="h-full w-[0.6em] shrink-0 fill-tone-lamp stroke-ink"
          strokeWidth="1.5"
        >
          <path d={NOTCHES[state]} />
        </svg>
      )}
      <span className={`min-w-0 self-center pr-[0.4em] ${state ? "pl-[0.25em]" : "pl-[0.4em]"}`}>{number}</span>
      {stateLabel && <span className="sr-only">, {stateLabel}</span>}
    </span>
  );
}
