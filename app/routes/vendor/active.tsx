import { JobList } from "./job-list";
import { listOwnJobs } from "./job-list.server";

export const meta = () => [{ title: "Active jobs" }];
export const loader = listOwnJobs("active");

export default JobList;
