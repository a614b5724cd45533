import { useLoaderData, useRevalidator } from "@remix-run/react";
import { vendor } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { useNotices } from "~/ui/live/use-notices";
import { useNow } from "~/ui/live/use-now";
import { LiveDot } from "~/ui/live-dot";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = () => [{ title: "Jobs" }];
export const loader = vendor.loader("home:read", async ({ services, session }) => ({
  shop: session.organization.name,
  organizationId: session.organization.id,
  now: services.clock.now(),
}));

export default function VendorJobs() {
  const { shop, organizationId, now: servedAt } = useLoaderData<typeof loader>();
  const { revalidate } = useRevalidator();
  const { live } = useNotices({ organizationId, as: "vendor", reread: revalidate });
  const now = useNow(servedAt);
  return (
    <>
      <PageHeader title="Jobs" state={<LiveDot {...live} now={now} />} />
      <PageBody>
        <Empty title="No jobs yet" body={`When ${shop} sends you work, it stands here with its instructions, and a mail tells you.`} />
      </PageBody>
    </>
  );
}
