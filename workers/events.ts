import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { carryPortalAccess } from "~/modules/customers/carry-portal-access.server";
import { sendPortalInviteMail } from "~/modules/customers/send-portal-invite-mail.server";
import { sendSignInMail } from "~/modules/notifications/send-sign-in-mail.server";
import type { FleetPort } from "~/modules/telematics/fleet";
import { readRoster } from "~/modules/telematics/roster.store.server";
import type { BoardPort } from "~/modules/work-orders/board";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { EffectHandler } from "~/platform/outbox/drain.server";
import type { Platform } from "~/platform/platform.server";
import { mailerOf } from "~/modules/notifications/mailer.server";

const LinkFacts = z.object({ linkId: z.string().transform((id) => id as Id<"link">) });
const CustomerFacts = z.object({ customerId: z.string().transform((id) => id as Id<"customer">) });
const NoticeFacts = z.object({ kind: z.string(), id: z.string(), version: z.number(), audiences: z.array(z.string()) });

/** Who handles which event. What is named here is what may stand in an outbox row's `kind`. */
export function handlersOf(env: Env, platform: Platform, db: ScopedDatabase<"job">): Record<string, EffectHandler> {
  const { organizationId } = db.scope;
  const { clock, directory, settings } = platform;
  return {
    "board.changed": {
      via: "now",
      async handle(key, body) {
        const { audiences, ...notice } = NoticeFacts.parse(body);
        const board = env.BoardRoom.getByName(organizationId) as unknown as BoardPort; // held to its port in rooms.ts
        await board.publish(key, notice, audiences);
      },
    },
    "roster.changed": {
      via: "now",
      async handle() {
        const fleet = env.FleetRoom.getByName(organizationId) as unknown as FleetPort; // held to its port in rooms.ts
        await fleet.applyRoster(await readRoster(db));
      },
    },
    "portal.access-changed": {
      via: "now",
      async handle(_key, body) {
        const rooms = [env.FleetRoom.getByName(organizationId) as unknown as FleetPort, env.BoardRoom.getByName(organizationId) as unknown as BoardPort]; // held to their ports in rooms.ts
        await carryPortalAccess({ db, directory, clock, settings, rooms }, CustomerFacts.parse(body).customerId);
      },
    },
    "mail.portal-invite": {
      via: "queue",
      async handle(key, body) {
        await sendPortalInviteMail({ db, directory, settings, clock, mailer: mailerOf({ db, clock, settings }) }, key, LinkFacts.parse(body).linkId);
      },
    },
    "mail.sign-in": {
      via: "queue",
      async handle(key, body) {
        await sendSignInMail({ db, directory, settings, clock, mailer: mailerOf({ db, clock, settings }) }, key, LinkFacts.parse(body).linkId);
      },
    },
  };
}
