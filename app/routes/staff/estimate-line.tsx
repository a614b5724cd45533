import { Link, useLoaderData } from "react-router";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { AttachmentPanel } from "~/modules/attachments/attachments.view";
import { newest } from "~/modules/estimates/estimate";
import { estimateNumber } from "~/modules/estimates/format";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { staff } from "~/platform/http/guards.server";
import { orNotFound } from "~/platform/http/problem.server";
import { readEstimateRecord } from "~/queries/staff/estimate-record.server";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = ({ loaderData }: { loaderData?: { text: string } }) => [{ title: loaderData ? `Photos of ${loaderData.text}` : "Photos" }];

export const loader = staff.loader("estimate:write", async ({ services, params, url }) => {
  const id = orNotFound(parseId("estimate", params.estimateId));
  const lineId = orNotFound(parseId("line", params.lineId));
  const { estimate, order, facts } = orNotFound(await readEstimateRecord(services, id));
  const { state, content } = newest(estimate);
  const line = orNotFound(linesOf(order).find((one) => one.id === lineId));
  return {
    id,
    number: estimate.number,
    title: content.title,
    unitNumber: facts.unitNumber,
    text: line.text,
    isDraft: state === "draft",
    attachments: await readAttachments(services, { kind: "line", id: lineId }, url.searchParams.get("files")),
  };
});

/** The photos of one line, sent to the customer with the estimate. */
export default function EstimateLine() {
  const { id, number, title, unitNumber, text, isDraft, attachments } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={text}
        mark={<UnitPlate number={unitNumber} />}
        state={
          <span className="text-ink-soft">
            {estimateNumber(number)}, {title}
          </span>
        }
        action={
          <Link to={paths.staff.estimate(id)} className="inline-flex min-h-(--target) items-center text-accent underline">
            Back to the estimate
          </Link>
        }
      />
      <PageBody>
        {!isDraft && <Notice tone="amber" title="The sent estimate keeps its photos. Revise the estimate to send new ones." />}
        <AttachmentPanel {...attachments} shareWith={["customer"]} sharesAtFirst />
      </PageBody>
    </>
  );
}
