import { JobList } from "./job-list";
import { listVendorPortalJobs } from "./job-list.server";

export const meta = () => [{ title: "Completed jobs" }];
export const loader = listVendorPortalJobs("completed");

export default JobList;
