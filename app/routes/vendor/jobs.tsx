import { useLoaderData } from "@remix-run/react";
import { vendor } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = () => [{ title: "Jobs" }];
export const loader = vendor.loader("home:read", async ({ session }) => ({ shop: session.organization.name }));

export default function VendorJobs() {
  const { shop } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title="Jobs" />
      <PageBody>
        <Empty title="No jobs yet" body={`When ${shop} sends you work, it stands here with its instructions, and a mail tells you.`} />
      </PageBody>
    </>
  );
}
