import { JobList } from "./job-list";
import { listVendorPortalJobs } from "./job-list.server";

export const meta = () => [{ title: "Active jobs" }];
export const loader = listVendorPortalJobs("active");

export default JobList;
