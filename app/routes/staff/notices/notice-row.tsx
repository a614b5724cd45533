import { BellOff } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import type { ShownNotice } from "~/modules/notifications/my-notifications.server";
import { snoozeLabels, snoozes } from "~/modules/notifications/snooze";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { SubmitButton } from "~/ui/form";
import { StateGlyph } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";
import type { action } from "./commands.server";

/** One row of the notices page: the newest notice of its group, the earlier ones on demand, and what can be done about it. */
export function NoticeRow({ notice, isNew, children }: { notice: ShownNotice; isNew: boolean; children: ReactNode }) {
  const { title, href, label, at, count, earlier } = notice;
  return (
    <li className="flex flex-wrap items-start gap-x-3 px-3 hover:bg-hover sm:flex-nowrap">
      <div className="grid min-w-0 flex-1 basis-full sm:basis-auto">
        <Link to={href} data-row className="flex min-h-(--row) items-center gap-3 py-1 -outline-offset-2">
          <StateGlyph tone={isNew ? "blue" : "slate"} />
          <span className="grid min-w-0 flex-1">
            <span className={`wrap-anywhere ${isNew ? "font-semibold" : ""}`}>
              {isNew && <span className="sr-only">New: </span>}
              {title}
            </span>
            <span className="text-small wrap-anywhere text-ink-soft">
              {label} · <Moment at={at} />
            </span>
          </span>
        </Link>
        {count > 1 && (
          <div className="pb-2 pl-6">
            <Disclosure title={count === 2 ? "1 earlier" : `${count - 1} earlier`} about={`before: ${title}`} style="link">
              <ul className="grid gap-2">
                {earlier.map((one) => (
                  <li key={one.key} className="wrap-anywhere">
                    <TextLink to={one.href}>{one.title}</TextLink>{" "}
                    <span className="text-small text-ink-soft">
                      <Moment at={one.at} />
                    </span>
                  </li>
                ))}
                {earlier.length < count - 1 && <li className="text-small text-ink-soft">and {count - 1 - earlier.length} more</li>}
              </ul>
            </Disclosure>
          </div>
        )}
      </div>
      {children}
    </li>
  );
}

/** Puts the notice aside for a time. */
export function SnoozeForm({ notice: { key, title } }: { notice: ShownNotice }) {
  return (
    <div className="pb-2 pl-6 sm:py-1 sm:pl-0">
      <Disclosure title="Snooze" about={title} icon={BellOff} style="link">
        <CommandForm<typeof action> intent="snooze" row={{ key }} className="grid justify-items-start gap-2">
          {snoozes.map((one) => (
            <SubmitButton key={one} kind="quiet" name="until" value={one} pendingLabel="Snoozing">
              {snoozeLabels[one]}
            </SubmitButton>
          ))}
        </CommandForm>
      </Disclosure>
    </div>
  );
}

/** Brings a snoozed notice back now. */
export function ShowForm({ notice: { key, title, shownAt } }: { notice: ShownNotice }) {
  return (
    <CommandForm<typeof action> intent="show" row={{ key }} className="flex flex-wrap items-center gap-3 pb-2 pl-6 sm:py-1 sm:pl-0">
      <span className="text-small text-ink-soft">
        Back <Moment at={shownAt} />
      </span>
      <SubmitButton kind="quiet" pendingLabel="Showing">
        Show now<span className="sr-only">: {title}</span>
      </SubmitButton>
    </CommandForm>
  );
}
