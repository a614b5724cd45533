import { type ReactNode, useEffect, useRef } from "react";
import { DriverShell } from "~/ui/driver-shell";
import { usePhone } from "./phone-context";
import { QueueStatus } from "./queue-status";
import { NotYouButton, SignOutButton } from "./sign-out-button";

type Props = { title: string; lead?: ReactNode; actions?: ReactNode; children?: ReactNode };

/** The first screen is a page that was just loaded: its focus is the browser's. */
let wasShown = false;

/** The frame of a screen: who is signed in, what is unsent, a title that gets the focus, and the thumb zone. */
export function Screen({ title, lead, actions, children }: Props) {
  const { start, language, texts } = usePhone();
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another screen.
  useEffect(() => {
    if (wasShown) heading.current?.focus();
    wasShown = true;
    window.scrollTo(0, 0);
  }, [title]);
  return (
    <div lang={language}>
      <DriverShell
        brand={{ name: start.shop.name, color: start.shop.color }}
        whose={{ name: start.driver.name, shared: start.isShared, label: texts.signedIn, notYou: <NotYouButton /> }}
        status={<QueueStatus />}
        signOut={<SignOutButton />}
        actions={actions}
      >
        <div className="grid gap-1">
          <h1 ref={heading} tabIndex={-1} className="text-title">
            {title}
          </h1>
          {lead && <p className="text-ink-soft">{lead}</p>}
        </div>
        {children}
      </DriverShell>
    </div>
  );
}
