import { JobList } from "./job-list";
import { listOwnJobs } from "./job-list.server";

export const meta = () => [{ title: "Pending jobs" }];
export const loader = listOwnJobs("pending");

export default JobList;
