import { staff } from "~/platform/http/guards.server";
import { type MenuCounts, readMenuCounts } from "./menu-counts.server";

/** What the menu counts. The shell asks when a notice arrives. */
export const loader = staff.loader("notice:own", async ({ services, session }) =>
  Response.json((await readMenuCounts(services, session.membership.id)) satisfies MenuCounts),
);
