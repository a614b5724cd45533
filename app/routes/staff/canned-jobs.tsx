import { Plus } from "lucide-react";
import { useLoaderData } from "react-router";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import type { CannedJob } from "~/modules/work-orders/canned-jobs/canned-job";
import { readCannedJobs } from "~/modules/work-orders/canned-jobs/canned-jobs.read.server";
import { sumsOf } from "~/modules/work-orders/jobs/job";
import { staff } from "~/platform/http/guards.server";
import { ButtonLink } from "~/ui/button";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { useFormat } from "~/ui/format";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = () => [{ title: "Canned jobs" }];

export const loader = staff.loader("canned-job:manage", async ({ services }) => {
  return { jobs: await readCannedJobs(services.db), fresh: newId("cannedJob", services.clock.now()) };
});

export default function CannedJobs() {
  const { jobs, fresh } = useLoaderData<typeof loader>();
  const { money } = useFormat();
  const add = (
    <ButtonLink to={paths.staff.cannedJob(fresh)} kind="primary" icon={Plus}>
      Add canned job
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title="Canned jobs" action={add} />
      <PageBody>
        {jobs.length === 0 ? (
          <Empty title="No canned jobs yet" body="Set up a common repair once, with its labor and parts, and add it to an order in one tap." />
        ) : (
          <DataTable
            caption="Canned jobs"
            rows={jobs}
            rowKey={({ id }: CannedJob) => id}
            rowTo={({ id }) => paths.staff.cannedJob(id)}
            columns={[
              { key: "name", title: "Name", cell: ({ name }) => name },
              { key: "vmrs", title: "VMRS", from: "sm", code: true, cell: ({ vmrs }) => vmrs ?? "" },
              { key: "lines", title: "Lines", from: "sm", figures: true, cell: ({ lines }) => lines.length },
              { key: "price", title: "Price", figures: true, cell: ({ lines }) => money(sumsOf(lines).price) },
            ]}
          />
        )}
      </PageBody>
    </>
  );
}
