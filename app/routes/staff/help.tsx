import { useLoaderData } from "react-router";
import { staff } from "~/platform/http/guards.server";
import { helpFor } from "../parts/help/help.server";
import { HelpPage } from "../parts/help/help-page";
import { staffTopics } from "../parts/help/staff-topics.server";

export const meta = () => [{ title: "Help" }];

export const loader = staff.loader("session:own", async ({ url }) => helpFor(staffTopics, url));

export default function Help() {
  return <HelpPage {...useLoaderData<typeof loader>()} />;
}
