import * as z from "zod";
import { paths } from "~/kernel/paths";
import { ok } from "~/kernel/result";
import { PUSH_KEYS } from "~/modules/notifications/push/push-address";
import { addPushDevice, removePushDevice, savePushEvents } from "~/modules/notifications/push/push-devices.server";
import { type PushAudience, pushedRows } from "~/modules/notifications/push/push-events";
import type { Authed } from "~/platform/http/authed.server";
import type { CommandPermission, commandOf } from "~/platform/http/commands.server";
import { idField, switched } from "~/platform/http/fields.server";
import { notAllowed, unreadable } from "~/platform/http/refusals.server";

type Person<Form> = Authed<PushAudience, Form>;
const NOT_ADDED = "This browser couldn't be added. Turn push on again, or use another browser.";

const device = z.object({
  endpoint: z.string().min(1, NOT_ADDED).max(1_000, NOT_ADDED),
  p256dh: z.string().regex(PUSH_KEYS.p256dh, NOT_ADDED),
  auth: z.string().regex(PUSH_KEYS.auth, NOT_ADDED),
});

/** What people of a portal change about their push messages. */
export function pushCommands<F extends PushAudience>(command: ReturnType<typeof commandOf<F>>, portal: F, permission: CommandPermission<F>) {
  const person = <Form>(args: unknown) => args as Person<Form>; // of one of the two portals
  const events = Object.fromEntries(pushedRows(portal).map(({ event }) => [event, switched]));
  return {
    "add-push": command({
      permission,
      form: device,
      run: (args) => addPushDevice(person(args).services, person(args).session, args.request, args.form),
      cookie: ({ cookie }) => cookie,
      goTo: () => (portal === "staff" ? paths.staff.notificationPreferences : paths.driver.sessions),
      refusals: {
        "no-push": notAllowed("Push isn't available here."),
        "unknown-service": unreadable("This browser's push service isn't known. Use Chrome, Edge, Firefox or Safari."),
        "too-many-devices": ({ most }) => `You have push on ${most} devices already. Remove one first.`,
      },
    }),
    "remove-push": command({
      permission,
      form: z.object({ device: idField("pushDevice", "That device was already removed. Reload the page.") }),
      run: async (args) => ok(await removePushDevice(person(args).services, args.session.membership.id, args.form.device)),
      done: "Removed. Nothing more is pushed there.",
    }),
    "save-pushes": command({
      permission,
      form: z.object(events),
      run: async (args) => {
        const chosen = Object.entries(args.form).flatMap(([event, on]) => (on ? [event] : []));
        return ok(await savePushEvents(person(args).services, person(args).session, new Set(chosen)));
      },
      done: "Saved",
    }),
  };
}
