import { useLoaderData } from "react-router";
import type { UtcMs } from "~/kernel/time";
import { describeBrowser } from "~/kernel/user-agent";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { useFormResult } from "~/ui/use-form-result";
import { type FactorResult, FactorSection, type FactorStatus } from "./second-factor-section";

type Sessions = {
  sessions: readonly { id: string; createdAt: UtcMs; lastSeenAt: UtcMs; ip: string | null; userAgent: string | null; isThis: boolean }[];
  /** Only for people who sign in with a password. */
  factor?: FactorStatus;
};

type SessionsAction = { commands: { "end-others": unknown } };

/** A person's active sessions, with a button to end all others. The same in all four portals. */
export function SessionsScreen() {
  const { sessions, factor } = useLoaderData<Sessions>();
  const result = useFormResult<FactorResult>();
  const others = sessions.filter(({ isThis }) => !isThis).length;
  return (
    <>
      <PageHeader title={factor ? "Sign-in and security" : "Active sessions"} />
      <PageBody>
        <FormResult result={result} />
        <ul className="divide-y divide-line border-y border-line">
          {sessions.map(({ id, createdAt, lastSeenAt, ip, userAgent, isThis }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <span className="grid min-w-0">
                <span className="font-semibold">{userAgent ? describeBrowser(userAgent) : "Unknown browser"}</span>
                <span className="text-small text-ink-soft">
                  {ip && <>{ip} · </>}signed in <Moment at={createdAt} /> · last used <Moment at={lastSeenAt} />
                </span>
              </span>
              {isThis && <StateMark tone="green" label="This device" />}
            </li>
          ))}
        </ul>
        {others === 0 ? (
          <p className="text-ink-soft">You aren't signed in anywhere else.</p>
        ) : (
          <CommandForm<SessionsAction> intent="end-others">
            <SubmitButton kind="danger" pendingLabel="Signing out">
              Sign out other sessions
            </SubmitButton>
          </CommandForm>
        )}
        {factor && <FactorSection factor={factor} result={result} />}
      </PageBody>
    </>
  );
}
