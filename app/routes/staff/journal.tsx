import { Download } from "lucide-react";
import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { formatCursor, parseCursor, parseTopic, type Topic, topicNames, topics } from "~/modules/audit/journal-topics";
import { staff } from "~/platform/http/guards.server";
import { describeEvent } from "~/queries/journal-events";
import { readJournal } from "~/queries/staff/journal.server";
import { ButtonLink } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { Empty } from "~/ui/empty";
import { FilterChips } from "~/ui/filters";
import { PageBody, PageHeader, Timeline, TimelineItem } from "~/ui/page";
import { Pager } from "~/ui/pager";

export const meta = () => [{ title: "Activity" }];

export const loader = staff.loader("journal:read", async ({ services, url }) => {
  const topic = parseTopic(url.searchParams.get("only"));
  const before = parseCursor(url.searchParams.get("before"));
  const { rows, next } = await readJournal(services.db, { topic, before });
  const events = rows.map((row) => ({
    key: formatCursor({ at: row.at, kind: row.recordKind, id: row.recordId, version: row.version }),
    at: row.at,
    ...describeEvent(row),
  }));
  return { rows: events, next: next && formatCursor(next), topic, first: before === null };
});

const narrowedTo = (topic: Topic | null, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ ...(topic ? { only: topic } : {}), ...more }).toString();
  return query && `?${query}`;
};

export default function Journal() {
  const { rows, next, topic, first } = useLoaderData<typeof loader>();
  const chips = [null, ...topicNames].map((one) => ({
    label: one ? topics[one].label : "All",
    to: paths.staff.journal + narrowedTo(one),
    current: one === topic,
  }));
  return (
    <>
      <PageHeader
        title="Activity"
        state={<span className="text-ink-soft">Kept permanently. Any change to it can be detected.</span>}
        action={
          <ButtonLink to={paths.staff.journalCsv + narrowedTo(topic)} icon={Download} reloadDocument download>
            Download CSV
          </ButtonLink>
        }
      />
      <PageBody>
        <FilterChips label="Filter activity" chips={chips} />
        {rows.length === 0 ? (
          <Empty
            title="No activity of this kind yet"
            body="Sign-ins, denied requests, invitations and changes are listed here with who, when and from where."
          />
        ) : (
          <Timeline label="Activity">
            {rows.map(({ key, what, who, from, tone, at }) => (
              <TimelineItem key={key} title={what} who={who} tone={tone} at={<Moment at={at} />}>
                {from}
              </TimelineItem>
            ))}
          </Timeline>
        )}
        <Pager
          label="Pages of activity"
          previous={first ? undefined : paths.staff.journal + narrowedTo(topic)}
          next={next ? paths.staff.journal + narrowedTo(topic, { before: next }) : undefined}
        />
      </PageBody>
    </>
  );
}
