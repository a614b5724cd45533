import { useLoaderData } from "react-router";
import { vendor } from "~/platform/http/guards.server";
import { helpFor } from "../parts/help/help.server";
import { HelpPage } from "../parts/help/help-page";
import { vendorTopics } from "../parts/help/portal-topics.server";

export const meta = () => [{ title: "Help" }];

export const loader = vendor.loader("session:own", async ({ url }) => helpFor(vendorTopics, url));

export default function Help() {
  return <HelpPage {...useLoaderData<typeof loader>()} />;
}
