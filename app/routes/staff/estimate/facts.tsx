import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { unitName } from "~/modules/assets/unit-facts";
import { PartyFacts } from "~/modules/customers/parties.view";
import { describeDecision } from "~/modules/estimates/describe-decision";
import { latestSent, newest } from "~/modules/estimates/estimate";
import { answeredTotal } from "~/modules/estimates/estimate-snapshot";
import { LaterDecisions } from "~/modules/estimates/later-decisions.view";
import { stateTones } from "~/modules/estimates/state.view";
import { Moment } from "~/ui/clock";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { Fact, Facts } from "~/ui/page";
import { PhoneLink, TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";
import { EstimateNext } from "./next-strip";

/** The customer and unit of the estimate, how long it is valid, and the customer's decision. */
export function EstimateFacts() {
  const { estimate, preview, facts, customer, phone, order, differs, depositReceived, depositComing, maySend, later } = useLoaderData<PageData>();
  const format = useFormat();
  const { day, money } = format;
  const [latest, last] = [latestSent(estimate), newest(estimate)];
  const total = preview ? preview.charges.total : latest?.offer && answeredTotal(latest.offer.snapshot, latest.decision);
  return (
    <>
      <EstimateNext />
      <Facts
        more={
          <>
            <PartyFacts billTo={latest?.offer?.snapshot.billTo ?? facts.billTo} shop={null} />
            {latest?.offer && (
              <Fact term="Sent">
                <Moment at={latest.offer.sentAt} />
              </Fact>
            )}
            {latest && (
              <Fact term="Viewed by customer">
                {latest.viewed ? (
                  <>
                    {latest.viewed.by}, <Moment at={latest.viewed.at} />
                  </>
                ) : (
                  "not yet"
                )}
              </Fact>
            )}
          </>
        }
      >
        {total != null && (
          <Fact term="Total">
            <strong>{money(total)}</strong>
          </Fact>
        )}
        <Fact term="Customer">
          <TextLink to={paths.staff.customer(estimate.customerId)}>{customer}</TextLink>
        </Fact>
        {phone && (
          <Fact term="Phone">
            <PhoneLink number={phone} />
          </Fact>
        )}
        <Fact term="Unit">
          <TextLink to={paths.staff.asset(estimate.assetId)}>{unitName(facts.unitFacts) || facts.unitNumber}</TextLink>
        </Fact>
        <Fact term="Work order">
          <TextLink to={paths.staff.order(estimate.workOrderId)}>WO-{order.number}</TextLink>
        </Fact>
        {last.content.deposit !== null && <Fact term="Deposit requested">{money(last.content.deposit)}</Fact>}
        {(last.content.deposit !== null || depositReceived > 0) && latest && (
          <Fact term="Deposit received">
            {maySend ? (
              <TextLink to={`${paths.staff.account(estimate.customerId)}?estimate=${estimate.id}`}>
                {depositReceived > 0 ? money(depositReceived) : "Record deposit"}
              </TextLink>
            ) : (
              money(depositReceived)
            )}
          </Fact>
        )}
        {depositComing && <Fact term="Deposit">{depositComing}</Fact>}
        <Fact term="Valid until">{day(last.content.validThrough)}</Fact>
        {latest?.offer && (
          <Fact term={`Revision ${latest.revision} as PDF`}>
            <TextLink to={paths.staff.estimatePdf(estimate.id, latest.revision)} reloadDocument>
              Download PDF
            </TextLink>
          </Fact>
        )}
      </Facts>
      {differs.length > 0 && (
        <Notice tone="amber" title="The work order differs from what was sent.">
          <p>{differs.join(", ")}. An answer counts for what was sent. Revise the estimate to send the new prices.</p>
        </Notice>
      )}
      {latest?.withdrawn && (
        <Notice tone="slate" title={`Withdrawn by ${latest.withdrawn.by}`}>
          <p>
            <Moment at={latest.withdrawn.at} />: {latest.withdrawn.why}
          </p>
        </Notice>
      )}
      {latest?.decision && latest.offer && (
        <Notice tone={stateTones[latest.state]} title={describeDecision(latest.decision, latest.offer.snapshot, format)}>
          <p>
            <Moment at={latest.decision.at} />
            {latest.decision.how === "portal"
              ? ", in the portal"
              : `, ${latest.decision.how === "phone" ? "by phone" : "in person"}, recorded by ${latest.decision.recordedBy}`}
            {latest.decision.purchaseOrder && `, their PO number ${latest.decision.purchaseOrder}`}
            {latest.decision.notToExceed !== null && `, not to exceed ${money(latest.decision.notToExceed)}`}
          </p>
          {latest.decision.note && <p className="whitespace-pre-line">“{latest.decision.note}”</p>}
        </Notice>
      )}
      <LaterDecisions later={later} />
    </>
  );
}
