import { Keyboard, Menu, X } from "lucide-react";
import { lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { NavLink, useLocation } from "react-router";
import { paths } from "~/kernel/paths";
import { Icon } from "./icon";
import { whenLoaded } from "./live/after-load";
import { HelpLink, type NavGroup, type NavItem, SignOut, SkipLink } from "./shell-parts";
import { useShortcuts } from "./shortcuts/use-shortcuts";

/** Loaded when it is asked for. */
const ShortcutList = lazy(() => import("./shortcuts/shortcut-list").then((file) => ({ default: file.ShortcutList })));

type Props = {
  organization: string;
  person: string;
  nav: readonly NavGroup[];
  /** The box that searches everything, and the action beside it, which is in the menu on a phone. */
  search: ReactNode;
  add: ReactNode;
  /** Where the key `n` leads: the page behind `add`. */
  addTo: string;
  children: ReactNode;
};

const MENU = "staff-menu";
// React 18 doesn't know the popover attributes, but passes unknown lower-case ones through.
const popover = { popover: "auto" };
const opener = { popovertarget: MENU };
const closer = { popovertarget: MENU, popovertargetaction: "hide" };

/** A top bar with the search; a side rail from 1024 px, below that the same rail as a bottom sheet. */
export function StaffShell({ organization, person, nav, search, add, addTo, children }: Props) {
  const rail = useRef<HTMLElement>(null);
  const { key, pathname } = useLocation();
  const shortcuts = useShortcuts(nav, addTo);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the trigger, because navigation closes the sheet.
  useEffect(() => {
    if (rail.current?.matches(":popover-open")) rail.current.hidePopover();
  }, [key]);
  useEffect(
    () =>
      whenLoaded(
        import("./keep-focus"),
        ({ keepFocus }) => keepFocus(),
        () => {},
      ),
    [],
  );
  const button = "inline-flex min-h-(--target) items-center gap-2 rounded-corner px-2 font-semibold hover:bg-hover lg:hidden";
  return (
    <div className="density-staff min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <SkipLink />
      <header className="no-print sticky top-0 z-10 flex h-12 items-center justify-between gap-3 border-b border-line bg-ground px-(--gutter) lg:col-start-2 lg:border-l">
        <div className="min-w-0 flex-1 sm:max-w-112">{search}</div>
        <div className="flex max-sm:hidden">{add}</div>
        <button type="button" {...opener} className={button}>
          <Icon of={Menu} />
          Menu
        </button>
      </header>
      <aside
        ref={rail}
        aria-label="Menu"
        id={MENU}
        {...popover}
        className="no-print inset-x-0 top-auto bottom-0 m-0 max-h-[85dvh] w-full max-w-none flex-col gap-3 overflow-y-auto rounded-t-corner border-t border-line bg-ground p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] text-ink shadow-float open:flex lg:sticky lg:top-0 lg:col-start-1 lg:row-span-2 lg:row-start-1 lg:flex lg:h-dvh lg:max-h-none lg:self-start lg:rounded-none lg:border-0 lg:shadow-none"
      >
        <div className="flex min-h-8 items-center justify-between gap-2 pl-2">
          <span className="truncate font-condensed text-[1.1875rem] font-semibold">{organization}</span>
          <button type="button" {...closer} className={button}>
            <Icon of={X} />
            Close
          </button>
        </div>
        <div className="grid sm:hidden">{add}</div>
        <nav aria-label="Main" className="flex-1">
          {nav.map(({ label, items }, at) => (
            <div key={label ?? at} className="mb-2">
              {label && <p className="px-2.5 py-1 text-small text-ink-soft">{label}</p>}
              <ul className="grid grid-cols-2 gap-0.5 lg:grid-cols-1">
                {items.map((item) => (
                  <li key={item.to}>
                    <RailLink item={item} />
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </nav>
        <div className="flex flex-wrap items-center justify-between gap-x-2 border-t border-line pt-2 lg:grid lg:justify-stretch">
          <span className="truncate px-2 text-small text-ink-soft">{person}</span>
          <HelpLink to={paths.staff.help(pathname)} />
          <button
            type="button"
            onClick={() => shortcuts.list(true)}
            className="hidden min-h-(--target) items-center gap-2 rounded-corner px-2 text-left text-ink-soft hover:bg-hover hover:text-ink lg:inline-flex lg:noscript:hidden"
          >
            <Icon of={Keyboard} />
            Keyboard shortcuts
          </button>
          <SignOut as="staff" />
        </div>
      </aside>
      {shortcuts.listed && (
        <Suspense fallback={null}>
          <ShortcutList nav={nav} shortcuts={shortcuts} />
        </Suspense>
      )}
      <main
        id="main"
        tabIndex={-1}
        className="flex min-h-[calc(100dvh-3rem)] min-w-0 flex-col bg-panel lg:col-start-2 lg:border-l lg:border-line print:border-0"
      >
        {children}
      </main>
    </div>
  );
}

/** The current link has the plate's arrow notch. */
function RailLink({ item: { to, label, icon, end, count, countLabel, key } }: { item: NavItem }) {
  return (
    <NavLink
      to={to}
      end={end}
      aria-keyshortcuts={key && `g ${key}`}
      className="group relative flex min-h-(--row) items-center gap-2.5 rounded-corner px-2.5 hover:bg-hover aria-[current=page]:bg-panel aria-[current=page]:font-semibold aria-[current=page]:text-accent"
    >
      <svg
        aria-hidden="true"
        viewBox="0 0 10 24"
        className="absolute top-1/2 left-0 hidden h-5 w-auto -translate-x-px -translate-y-1/2 fill-accent group-aria-[current=page]:block lg:-left-3"
      >
        <path d="M0 0H2L10 12 2 24H0Z" />
      </svg>
      <Icon of={icon} />
      <span className="truncate">{label}</span>
      {count !== undefined && (
        <span className="ml-auto text-small text-ink-soft tabular-nums">
          {count > 99 ? "99+" : count}
          {countLabel && <span className="sr-only"> {countLabel}</span>}
        </span>
      )}
    </NavLink>
  );
}
