import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import { Link, NavLink, useLocation } from "react-router";
import { paths } from "~/kernel/paths";
import { BrandMark, type ShopBrand } from "./brand-mark";
import { Icon } from "./icon";
import { brandStyle, HelpLink, type NavItem, ShopContact, SignOut, SkipLink } from "./shell-parts";
import { ViewingBanner } from "./viewing-banner";

type Props = {
  as: "customer" | "vendor";
  brand: ShopBrand;
  /** The customer or vendor whose portal this is, and who is signed in. */
  party: string;
  person?: string;
  /** The active customer, for people with access to several. */
  speaksFor?: string | null;
  nav: readonly NavItem[];
  /** 720 px for reading and answering; 1080 px with a side panel or map. */
  width?: "column" | "wide";
  /** Set while staff view as this person: the person's name, and the customer's. */
  viewing?: string | null;
  /** The live status of the pages. */
  live?: ReactNode;
  children: ReactNode;
};

const WIDTHS = { column: "max-w-[45rem]", wide: "max-w-[67.5rem]" };

/** The shell of the customer and vendor portals, with the shop's name, color and contact. */
export function PortalShell({ as, brand, party, person, speaksFor, nav, width = "column", viewing, live, children }: Props) {
  const style = brandStyle(brand);
  const { pathname } = useLocation();
  const column = `mx-auto w-full ${WIDTHS[width]}`;
  return (
    <div style={style.style} className={`density-portal flex min-h-dvh flex-col bg-panel ${style.className}`}>
      <SkipLink />
      {viewing && <ViewingBanner as={as} name={viewing} />}
      <header className="no-print border-t-4 border-b border-t-accent border-b-line bg-ground">
        <div className={`${column} px-(--gutter)`}>
          <div className="flex min-h-14 items-center justify-between gap-3">
            <BrandMark brand={brand} />
            <span className="flex flex-wrap items-center justify-end gap-x-3">
              {live}
              <HelpLink to={paths[as].help(pathname)} className="-mr-2" />
              {!viewing && <SignOut as={as} className="-mr-2" />}
            </span>
          </div>
          {speaksFor && (
            <p className="flex min-w-0 items-center justify-between gap-x-3 border-t border-line">
              <span className="truncate">
                For <strong>{speaksFor}</strong>
              </span>
              <Link
                to={paths.choose(as)}
                className="inline-flex min-h-(--target) items-center gap-1.5 whitespace-nowrap text-accent underline underline-offset-2"
              >
                <Icon of={ArrowLeftRight} /> Switch
              </Link>
            </p>
          )}
          <nav aria-label="Main" className="-mx-2">
            <ul className="flex flex-wrap sm:gap-x-1">
              {nav.map((item) => (
                <li key={item.to}>
                  <TabLink item={item} />
                </li>
              ))}
            </ul>
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={`${column} flex flex-1 flex-col`}>
        {children}
      </main>
      <footer className="no-print border-t border-line">
        <div className={`${column} flex flex-wrap items-center justify-between gap-x-6 px-(--gutter) py-2 text-small text-ink-soft`}>
          <span>{person ? `${party} · ${person}` : party}</span>
          <ShopContact brand={brand} />
        </div>
      </footer>
    </div>
  );
}

const TAB =
  "flex min-h-(--target) items-center gap-1 border-b-[3px] border-transparent px-1.5 whitespace-nowrap -outline-offset-2 hover:border-control aria-[current]:border-accent aria-[current]:font-semibold aria-[current]:text-accent sm:gap-2 sm:px-2";

function TabLink({ item: { to, label, icon, end, current, count } }: { item: NavItem }) {
  const inside = (
    <>
      {/* On a phone the labels alone fit beside each other. */}
      <span className="max-sm:hidden">
        <Icon of={icon} />
      </span>
      {label}
      {count !== undefined && <span className="text-small tabular-nums">{count}</span>}
    </>
  );
  return current ? (
    <Link to={to} aria-current="true" className={TAB}>
      {inside}
    </Link>
  ) : (
    <NavLink to={to} end={end} className={TAB}>
      {inside}
    </NavLink>
  );
}
