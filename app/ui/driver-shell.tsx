import type { ReactNode } from "react";
import { BrandMark, type ShopBrand } from "./brand-mark";
import { brandStyle, NotYou, SignOut, SkipLink } from "./shell-parts";

type Props = {
  brand: ShopBrand;
  /** Whose session this is; on a tablet that many use with a way out for everybody else. */
  whose?: { name: string; shared: boolean };
  /** Counts what is unsent, or says that all is. */
  status?: ReactNode;
  /** The thumb zone: one or two buttons of 64 px at the bottom. */
  actions?: ReactNode;
  children: ReactNode;
};

/** One question a screen, read at arm's length, answered with a glove. System fonts only. */
export function DriverShell({ brand, whose, status, actions, children }: Props) {
  const style = brandStyle(brand);
  return (
    <div style={style.style} className={`driver density-driver mx-auto flex min-h-dvh max-w-[36rem] flex-col bg-panel ${style.className}`}>
      <SkipLink />
      <header className="divide-y divide-line border-b border-line text-[1.125rem]">
        <div className="flex items-center justify-between gap-3 px-(--gutter)">
          <BrandMark brand={brand} />
          <SignOut as="driver" className="-mr-2" />
        </div>
        {whose && (
          <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-3 px-(--gutter)">
            <span>
              Signed in: <strong>{whose.name}</strong>
            </span>
            {whose.shared && <NotYou className="-mr-2" />}
          </div>
        )}
        {status && <div className="px-(--gutter) py-2">{status}</div>}
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col gap-4 px-(--gutter) py-4">
        {children}
      </main>
      {actions && (
        <div className="sticky bottom-0 grid gap-2 border-t border-line bg-panel px-(--gutter) pt-3 pb-[max(1rem,env(safe-area-inset-bottom))]">{actions}</div>
      )}
    </div>
  );
}
