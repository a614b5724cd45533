import * as z from "zod";
import { showNotice, snoozeNotice } from "~/modules/notifications/my-notifications.server";
import { snoozes } from "~/modules/notifications/snooze";
import { staff } from "~/platform/http/guards.server";

const which = { key: z.string().min(1).max(600) };
const NEWER = "Something newer came in meanwhile. It is on the list now.";

export const action = staff.commands({
  snooze: staff.command({
    permission: "notice:own",
    form: z.object({ ...which, until: z.enum(snoozes) }),
    run: ({ services, session, scope, form }) => snoozeNotice(services, session.membership.id, scope.organization.zone, form),
    done: "Snoozed. It comes back as new, unless somebody handles it before.",
    refusals: { newer: NEWER },
  }),
  show: staff.command({
    permission: "notice:own",
    form: z.object(which),
    run: ({ services, session, form }) => showNotice(services, session.membership.id, form),
    done: "It is on the list again.",
    refusals: { newer: NEWER },
  }),
});
