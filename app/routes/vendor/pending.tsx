import { JobList } from "./job-list";
import { listVendorPortalJobs } from "./job-list.server";

export const meta = () => [{ title: "Pending jobs" }];
export const loader = listVendorPortalJobs("pending");

export default JobList;
