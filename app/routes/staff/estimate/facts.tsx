import { useLoaderData } from "react-router";
import { formatMoney } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { newest, offered } from "~/modules/estimates/estimate";
import { dayInWords, decisionInWords } from "~/modules/estimates/format";
import { stateTones } from "~/modules/estimates/state.view";
import { Moment } from "~/ui/clock";
import type { MomentOptions } from "~/ui/moment";
import { Notice } from "~/ui/notice";
import { Fact, Facts } from "~/ui/page";
import { PhoneLink, TextLink } from "~/ui/text-link";
import type { PageData } from "./data.server";

/** Whom and what it is for, how long it stands, and what the customer did with it. */
export function EstimateFacts(moment: MomentOptions) {
  const { estimate, preview, facts, customer, phone, order, currency, locale } = useLoaderData<PageData>();
  const [offer, last] = [offered(estimate), newest(estimate)];
  const total = (preview ?? offer?.offer?.shown)?.charges.total;
  return (
    <>
      <Facts>
        {total !== undefined && (
          <Fact term="Total">
            <strong>{formatMoney(total, currency, locale)}</strong>
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
          <TextLink to={paths.staff.asset(estimate.assetId)}>{facts.unit || facts.unitNumber}</TextLink>
        </Fact>
        <Fact term="Work order">
          {order && estimate.workOrderId ? <TextLink to={paths.staff.order(estimate.workOrderId)}>WO-{order.number}</TextLink> : "opens when it is approved"}
        </Fact>
        {last.content.deposit !== null && <Fact term="Deposit asked for">{formatMoney(last.content.deposit, currency, locale)}</Fact>}
        <Fact term="Stands until">{dayInWords(last.content.validThrough, locale)}</Fact>
        {offer?.offer && (
          <>
            <Fact term="Sent">
              <Moment at={offer.offer.sentAt} {...moment} />
            </Fact>
            <Fact term={`Revision ${offer.revision} as a document`}>
              <TextLink to={paths.staff.estimatePdf(estimate.id, offer.revision)} reloadDocument>
                Download PDF
              </TextLink>
            </Fact>
          </>
        )}
        {offer && (
          <Fact term="Seen by the customer">
            {offer.viewed ? (
              <>
                {offer.viewed.by}, <Moment at={offer.viewed.at} {...moment} />
              </>
            ) : (
              "not yet"
            )}
          </Fact>
        )}
      </Facts>
      {offer?.decision && offer.offer && (
        <Notice tone={stateTones[offer.state]} title={decisionInWords(offer.decision, offer.offer.shown, { currency, locale })}>
          <p>
            <Moment at={offer.decision.at} {...moment} />
            {offer.decision.how === "portal"
              ? ", in the portal"
              : `, ${offer.decision.how === "phone" ? "on the phone" : "in person"}, recorded by ${offer.decision.recordedBy}`}
            {offer.decision.purchaseOrder && `, their order number ${offer.decision.purchaseOrder}`}
            {offer.decision.notToExceed !== null && `, not to exceed ${formatMoney(offer.decision.notToExceed, currency, locale)}`}
          </p>
          {offer.decision.note && <p className="whitespace-pre-line">“{offer.decision.note}”</p>}
        </Notice>
      )}
    </>
  );
}
