import { useLoaderData } from "react-router";
import { customer } from "~/platform/http/guards.server";
import { helpFor } from "../parts/help/help.server";
import { HelpPage } from "../parts/help/help-page";
import { customerTopics } from "../parts/help/portal-topics.server";

export const meta = () => [{ title: "Help" }];

export const loader = customer.loader("session:own", async ({ url }) => helpFor(customerTopics, url));

export default function Help() {
  return <HelpPage {...useLoaderData<typeof loader>()} />;
}
