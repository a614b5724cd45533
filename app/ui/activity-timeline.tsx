import { Fragment } from "react";
import type { ActivityItem } from "~/kernel/activity";
import { Moment } from "./clock";
import { useFormat } from "./format";
import { formatHeadingDay } from "./moment";
import { Timeline, TimelineItem } from "./page";

/** A record's activity, newest first, under a heading for each day. */
export function ActivityTimeline({ lines }: { lines: readonly ActivityItem[] }) {
  const format = useFormat();
  const days = lines.map(({ at }) => formatHeadingDay(at, format));
  return (
    <Timeline label="Activity">
      {lines.map(({ key, title, detail, tone, who, at }, place) => (
        <Fragment key={key}>
          {days[place] !== days[place - 1] && <li className="pb-1.5 text-small text-ink-soft">{days[place]}</li>}
          <TimelineItem title={title} tone={tone} who={who} at={<Moment at={at} only="time" />}>
            {detail && <p className="whitespace-pre-line">{detail}</p>}
          </TimelineItem>
        </Fragment>
      ))}
    </Timeline>
  );
}
