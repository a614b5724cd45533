import { CommandForm } from "~/ui/command-form";
import { Disclosure } from "~/ui/disclosure";
import { SubmitButton } from "~/ui/form";
import { type Feed, FeedMaker } from "../../parts/calendar-feeds";
import type { action } from "./commands.server";

type CustomerFeed = Feed & { customer: string };

/** Calendar addresses that customers, or the one that was chosen, made in their portal, for the shop to revoke. */
export function CustomerFeeds({ feeds, more, isOfOne }: { feeds: readonly CustomerFeed[]; more: boolean; isOfOne: boolean }) {
  if (feeds.length === 0 && !isOfOne) return null;
  return (
    <Disclosure title="Customers' calendars">
      <div className="grid gap-3">
        <p>
          {feeds.length === 0
            ? "This customer has no calendar address."
            : "Whoever has such an address can read what is due on the customer's units. It ends with the customer's portal."}
        </p>
        <ul className="divide-y divide-line">
          {feeds.map(({ id, customer, ...made }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1.5">
              <span className="grid">
                <span>{customer}</span>
                <span className="text-small text-ink-soft">
                  <FeedMaker {...made} />
                </span>
              </span>
              <CommandForm<typeof action> intent="revoke-customer-feed" row={{ id }}>
                <SubmitButton kind="quiet" pendingLabel="Revoking">
                  Revoke<span className="sr-only"> the address of {customer}</span>
                </SubmitButton>
              </CommandForm>
            </li>
          ))}
        </ul>
        {more && <p className="text-ink-soft">These are the newest. Choose a customer above to see all of theirs.</p>}
      </div>
    </Disclosure>
  );
}
