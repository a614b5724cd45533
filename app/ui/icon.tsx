import type { LucideIcon } from "lucide-react";

/** The one size and stroke of every icon; always beside a word, so never read aloud. */
export function Icon({ of: Glyph }: { of: LucideIcon }) {
  return <Glyph aria-hidden="true" className="size-[1.25em] shrink-0" strokeWidth={1.75} />;
}
