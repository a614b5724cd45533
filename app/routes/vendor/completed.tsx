import { JobList } from "./job-list";
import { listOwnJobs } from "./job-list.server";

export const meta = () => [{ title: "Completed jobs" }];
export const loader = listOwnJobs("completed");

export default JobList;
