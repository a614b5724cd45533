import * as z from "zod";
import { defineEffects, mail, sync } from "~/kernel/effects";
import { idOf, noFields } from "~/modules/audit/event-fields";

export const customerEffects = defineEffects({
  "portal.access-changed": sync(z.object({ customerId: idOf("customer") })),
  /** The portal was turned on: what was sent meanwhile is mailed now. */
  "portal.opened": sync(z.object({ customerId: idOf("customer") })),
  "mail.portal-invite": mail(z.object({ linkId: idOf("link") }), "An invitation to the portal"),
  /** Who may see which unit changed: the fleet room reads the roster again. */
  "roster.changed": sync(noFields),
});
