import { useLoaderData } from "react-router";
import { driver } from "~/platform/http/guards.server";
import { helpFor } from "../parts/help/help.server";
import { HelpPage } from "../parts/help/help-page";
import { driverTopics } from "../parts/help/portal-topics.server";

export const meta = () => [{ title: "Help" }];

export const loader = driver.loader("session:own", async ({ url }) => helpFor(driverTopics, url));

export default function Help() {
  return <HelpPage {...useLoaderData<typeof loader>()} />;
}
