import { useLoaderData } from "react-router";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { CopyLink } from "~/ui/copy-link";
import { Disclosure } from "~/ui/disclosure";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { useFormResult } from "~/ui/use-form-result";

export type Feed = { id: string; createdBy: string; createdAt: Parameters<typeof Moment>[0]["at"]; isEnded: boolean };
/** Who made an address, when, and whether it still opens. */
export const FeedMaker = ({ createdBy, createdAt, isEnded }: Omit<Feed, "id">) => (
  <>
    Made by {createdBy}, <Moment at={createdAt} />
    {isEnded && ". It doesn't open anymore."}
  </>
);

type Commands = { commands: { "add-feed": unknown; "revoke-feed": unknown } };
type Added = () => Promise<{ problem: null; address?: string }>;

/** Secret addresses at which calendar programs read what is due; each is shown once and can be revoked. */
export function CalendarFeeds() {
  const { feeds } = useLoaderData<{ feeds: readonly Feed[] }>();
  const address = useFormResult<Added>()?.address;
  return (
    <div className="grid gap-3">
      {address && (
        <Notice tone="green" title="Calendar address">
          <p>Add it to your calendar as a subscription. Whoever has it can read what is due, so keep it to yourself. It is shown only now.</p>
          <p className="font-mono text-small wrap-anywhere">{address}</p>
          <div>
            <CopyLink label="Copy the address" link={address} />
          </div>
        </Notice>
      )}
      <Disclosure title="Calendar address">
        <div className="grid gap-3">
          <p>Subscribe to what is due in Outlook, Google Calendar or on a phone.</p>
          {feeds.length > 0 && (
            <ul className="grid gap-1">
              {feeds.map(({ id, ...made }) => (
                <li key={id} className="flex flex-wrap items-center gap-3">
                  <span>
                    <FeedMaker {...made} />
                  </span>
                  <CommandForm<Commands> intent="revoke-feed" row={{ id }}>
                    <SubmitButton kind="quiet" pendingLabel="Revoking">
                      Revoke
                    </SubmitButton>
                  </CommandForm>
                </li>
              ))}
            </ul>
          )}
          <CommandForm<Commands> intent="add-feed">
            <SubmitButton kind="quiet" pendingLabel="Making">
              Make a calendar address
            </SubmitButton>
          </CommandForm>
        </div>
      </Disclosure>
    </div>
  );
}
