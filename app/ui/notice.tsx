import { forwardRef, type ReactNode } from "react";
import { StateGlyph, type Tone } from "./state-mark";

type Props = { tone: Tone; title: ReactNode; children?: ReactNode };

/** A message in place. Red interrupts a screen reader; the others wait. */
export const Notice = forwardRef<HTMLDivElement, Props>(function Notice({ tone, title, children }, ref) {
  return (
    <div
      ref={ref}
      tabIndex={-1}
      data-tone={tone}
      role={tone === "red" ? "alert" : "status"}
      className="flex gap-2.5 rounded-corner border border-l-4 border-tone/40 border-l-tone bg-tone-soft/45 px-3 py-2.5 text-tone-ink"
    >
      <span className="flex h-[1.45em] items-center">
        <StateGlyph tone={tone} />
      </span>
      <div className="grid min-w-0 gap-0.5">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
    </div>
  );
});
