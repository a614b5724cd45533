import type { LucideIcon } from "lucide-react";

/** The one size and stroke of every icon. Icons always have a label next to them, so screen readers skip them. */
export function Icon({ of: Glyph }: { of: LucideIcon }) {
  return <Glyph aria-hidden="true" className="size-[1.25em] shrink-0" strokeWidth={1.75} />;
}
