import { Check, Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form, Link, useSubmit } from "react-router";
import { Icon } from "./icon";

export type FilterChip = { label: string; to: string; current: boolean; count?: number };

/** Filters that live in the URL: each chip links to the list with its filter. */
export function FilterChips({ label, chips }: { label: string; chips: readonly FilterChip[] }) {
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-1.5">
        {chips.map(({ label, to, current, count }) => (
          <li key={label}>
            <Link
              to={to}
              preventScrollReset
              aria-current={current ? "true" : undefined}
              className={`inline-flex min-h-(--target) items-center gap-1.5 rounded-corner border px-2.5 ${current ? "border-accent bg-accent-soft font-semibold text-accent" : "border-line bg-panel hover:bg-hover"}`}
            >
              {current && <Icon of={Check} />}
              {label}
              {count !== undefined && <span className={`tabular-nums ${current ? "" : "text-ink-soft"}`}>{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

type SearchProps = {
  label: string;
  name?: string;
  value?: string;
  placeholder?: string;
  /** Where the search is sent; by default this page. */
  action?: string;
  /** The other query parameters that a search keeps. */
  keep?: Readonly<Record<string, string>>;
  /** The key that leads to it, from anywhere on the page. */
  shortcut?: "/";
  /** Searches while somebody types; without JavaScript, as any search, with Enter. */
  live?: boolean;
};

const PAUSE = 200;

/** Sends a form after a pause in typing, in place of the address before. */
function useLiveSearch() {
  const submit = useSubmit();
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return (form: HTMLFormElement | null) => {
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), PAUSE);
  };
}

export function SearchField({ label, name = "q", value = "", placeholder, action, keep = {}, shortcut, live = false }: SearchProps) {
  const search = useLiveSearch();
  return (
    <Form method="get" action={action} role="search" aria-label={shortcut && "All records"} className="relative w-full min-w-0">
      {Object.entries(keep).map(([key, kept]) => (
        <input key={key} type="hidden" name={key} value={kept} />
      ))}
      <span className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-ink-soft">
        <Icon of={Search} />
      </span>
      <input
        // A search that is typed into keeps its text and focus while results come.
        key={live ? undefined : value}
        onChange={live ? ({ currentTarget }) => search(currentTarget.form) : undefined}
        type="search"
        name={name}
        defaultValue={value}
        aria-label={label}
        placeholder={placeholder ?? label}
        aria-keyshortcuts={shortcut}
        data-shortcut={shortcut}
        className="min-h-(--target) w-full rounded-corner border border-control bg-panel pr-2 pl-8.5 text-body placeholder:text-ink-soft focus-visible:outline-offset-0"
      />
    </Form>
  );
}
