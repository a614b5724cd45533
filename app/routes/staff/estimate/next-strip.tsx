import { useLoaderData } from "react-router";
import { draftOf, latestSent } from "~/modules/estimates/estimate";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { NextStrip } from "~/ui/next-strip";
import type { PageData } from "./data.server";

/** Who has to answer what was sent, and since when; a draft is sent from the page's header. */
export function EstimateNext() {
  const { estimate, customer, isExpired } = useLoaderData<PageData>();
  const { shortDay, now } = useFormat();
  const latest = latestSent(estimate);
  if (!latest?.offer || draftOf(estimate)) return null;
  if (latest.state === "changes-requested") return <NextStrip tone="amber" title={`${customer} asked for changes`} detail="Revise it to send new prices" />;
  if (latest.state !== "sent") return null;
  if (isExpired)
    return (
      <NextStrip
        tone="amber"
        title="It expired without an answer"
        detail={`on ${shortDay(latest.content.validThrough)}. Revise it to set another day, or record an answer`}
      />
    );
  const { answerBy } = latest.offer.snapshot;
  if (answerBy && answerBy.at <= now)
    return (
      <NextStrip
        tone="amber"
        title={answerBy.backup ? `No answer in time: ${answerBy.backup} was asked` : `No answer in time: call ${customer}`}
        detail={
          <>
            wanted by: <Moment at={answerBy.at} /> · {latest.viewed ? <>viewed by {latest.viewed.by}</> : "not viewed yet"}
          </>
        }
      />
    );
  return (
    <NextStrip
      tone="slate"
      title={`Waiting for ${customer}`}
      detail={
        <>
          {answerBy && (
            <>
              answer wanted by: <Moment at={answerBy.at} />
              {answerBy.backup && `, then ${answerBy.backup} is asked`} ·{" "}
            </>
          )}
          sent <Moment at={latest.offer.sentAt} /> ·{" "}
          {latest.viewed ? (
            <>
              viewed by {latest.viewed.by} <Moment at={latest.viewed.at} />
            </>
          ) : (
            "not viewed yet"
          )}
        </>
      }
    />
  );
}
