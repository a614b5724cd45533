import { ChevronLeft, ChevronRight, type LucideIcon } from "lucide-react";
import { Link } from "react-router";
import { Icon } from "./icon";

type Props = { label: string; previous?: string | null; next?: string | null; note?: string };

/** Cursor paging: previous and next page, without page numbers. */
export function Pager({ label, previous, next, note }: Props) {
  if (!previous && !next) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-3 py-2">
      <PageLink to={previous} rel="prev" label="Previous" icon={ChevronLeft} />
      {note && <span className="text-small text-ink-soft">{note}</span>}
      <PageLink to={next} rel="next" label="Next" icon={ChevronRight} />
    </nav>
  );
}

function PageLink({ to, rel, label, icon }: { to: string | null | undefined; rel: "prev" | "next"; label: string; icon: LucideIcon }) {
  const className = "inline-flex min-h-(--target) items-center gap-1 rounded-corner px-2 font-semibold";
  const inner = rel === "prev" ? [<Icon key="icon" of={icon} />, label] : [label, <Icon key="icon" of={icon} />];
  if (!to) return <span className={`${className} invisible`}>{inner}</span>;
  return (
    <Link to={to} rel={rel} className={`${className} text-accent hover:bg-hover`}>
      {inner}
    </Link>
  );
}
