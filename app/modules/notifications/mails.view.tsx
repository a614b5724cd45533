import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { type NoticeItem, NoticeList } from "~/ui/notice-list";
import { Section } from "~/ui/page";
import { StateMark, type Tone } from "~/ui/state-mark";
import { TextLink } from "~/ui/text-link";

type Mail = { key: string; subject: string; recipient: string; acceptedAt: UtcMs; tone: Tone; label: string };
type Failing = { id: string; name: string; email: string; label: string; href: string };

/** Mails that went out, each with what became of it. */
export function MailSection({ mails, none = null }: { mails: readonly Mail[]; none?: string | null }) {
  if (mails.length === 0 && none === null) return null;
  return (
    <Section title="Emails" count={mails.length}>
      {mails.length === 0 ? (
        <p className="text-ink-soft">{none}</p>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {mails.map(({ key, subject, recipient, acceptedAt, tone, label }) => (
            <li key={key} className="grid gap-x-4 py-1.5">
              <span className="truncate">{subject}</span>
              <span className="text-small wrap-anywhere text-ink-soft">
                {recipient}, <Moment at={acceptedAt} />
              </span>
              <span className="text-small">
                <MailState tone={tone} label={label} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Long words wrap; only "Bounced" or the like is the state's mark. */
function MailState({ tone, label }: { tone: Tone; label: string }) {
  const [, state = label, why] = /^([^:]+): (.+)$/.exec(label) ?? [];
  return (
    <span className="flex flex-wrap items-center gap-x-1">
      <StateMark tone={tone} label={why ? `${state}:` : state} bare />
      {why && <span className="text-ink-soft">{why}</span>}
    </span>
  );
}

/** Who of the customer doesn't have what was mailed about the record, why, and who else could be reached. */
export function MailTrouble({ failing, others }: { failing: readonly Failing[]; others: readonly string[] }) {
  return <NoticeList items={mailNotices({ failing, others })} />;
}

export const mailNotices = ({ failing, others }: { failing: readonly Failing[]; others: readonly string[] }): NoticeItem[] =>
  failing.map(({ name, email, label, href }) => ({
    tone: "amber",
    title: `The latest email didn't reach ${name}`,
    detail: (
      <>
        {email}: {label}. <TextLink to={href}>Correct the address</TextLink>
        {others.length > 0
          ? `, or reach ${new Intl.ListFormat("en", { type: "disjunction" }).format(others)}.`
          : ". Nobody else there can answer by email: call."}
      </>
    ),
  }));
