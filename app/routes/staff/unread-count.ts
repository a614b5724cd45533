import { countUnseen } from "~/modules/notifications/my-notifications.server";
import { staff } from "~/platform/http/guards.server";

export type Unseen = { unseen: number };

/** How many notifications are new to the caller. The shell asks when a notice arrives. */
export const loader = staff.loader("notice:own", async ({ services, session }) =>
  Response.json({ unseen: await countUnseen(services, session.membership.id) } satisfies Unseen),
);
