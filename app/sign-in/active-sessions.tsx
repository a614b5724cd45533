import { Form, useActionData, useLoaderData } from "react-router";
import type { UtcMs } from "~/kernel/time";
import { describeBrowser } from "~/kernel/user-agent";
import { Moment } from "~/ui/clock";
import { SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { StateMark } from "~/ui/state-mark";
import { type FactorResult, FactorSection, type FactorStatus } from "./second-factor-section";

type Sessions = {
  sessions: readonly { id: string; createdAt: UtcMs; lastSeenAt: UtcMs; ip: string | null; userAgent: string | null; isThis: boolean }[];
  /** Of who signs in by password. */
  factor?: FactorStatus;
  zone: string;
  locale: string;
  now: UtcMs;
};

/** Where a person is signed in, and one button to end it everywhere but here. The same for all four audiences. */
export function SessionsScreen() {
  const { sessions, factor, zone, locale, now } = useLoaderData<Sessions>();
  const result = useActionData<FactorResult & { ended?: number }>();
  const moment = { zone, locale, now };
  const others = sessions.filter(({ isThis }) => !isThis).length;
  return (
    <>
      <PageHeader title="Your sign-ins" />
      <PageBody>
        {result?.ended !== undefined && (
          <Notice tone="green" title={result.ended === 1 ? "The other one is signed out." : `${result.ended} others are signed out.`} />
        )}
        <ul className="divide-y divide-line border-y border-line">
          {sessions.map(({ id, createdAt, lastSeenAt, ip, userAgent, isThis }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
              <span className="grid min-w-0">
                <span className="font-semibold">{userAgent ? describeBrowser(userAgent) : "Unknown program"}</span>
                <span className="text-small text-ink-soft">
                  {ip && <>{ip} · </>}signed in <Moment at={createdAt} {...moment} /> · used <Moment at={lastSeenAt} {...moment} />
                </span>
              </span>
              {isThis && <StateMark tone="green" label="This one" />}
            </li>
          ))}
        </ul>
        {others === 0 ? (
          <p className="text-ink-soft">You are signed in nowhere else.</p>
        ) : (
          <Form method="post">
            <input type="hidden" name="intent" value="end-others" />
            <SubmitButton kind="danger" pendingLabel="Signing out">
              Sign out others
            </SubmitButton>
          </Form>
        )}
        {factor && <FactorSection factor={factor} result={result} />}
      </PageBody>
    </>
  );
}
