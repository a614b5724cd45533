import { countUnseen } from "~/modules/notifications/my-notifications.server";
import { staff } from "~/platform/http/guards.server";

export type Unseen = { unseen: number };

/** How many notices are new to whoever asks: the bell in the frame asks when one was rung. */
export const loader = staff.loader("notice:own", async ({ services, session }) =>
  Response.json({ unseen: await countUnseen(services, session.membership.id) } satisfies Unseen),
);
