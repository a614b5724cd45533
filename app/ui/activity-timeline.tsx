import type { ActivityItem } from "~/kernel/activity";
import { Moment } from "./clock";
import { Timeline, TimelineItem } from "./page";

/** A record's activity, newest first. */
export function ActivityTimeline({ lines }: { lines: readonly ActivityItem[] }) {
  return (
    <Timeline label="Activity">
      {lines.map(({ key, title, detail, tone, who, at }) => (
        <TimelineItem key={key} title={title} tone={tone} who={who} at={<Moment at={at} />}>
          {detail && <p className="whitespace-pre-line">{detail}</p>}
        </TimelineItem>
      ))}
    </Timeline>
  );
}
