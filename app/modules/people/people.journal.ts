import * as z from "zod";
import { portals } from "~/kernel/audience";
import { defineEvents, event } from "~/kernel/events";
import { roles } from "~/kernel/permissions";
import { instant } from "~/modules/audit/event-fields";

const portal = z.enum(portals);
const portalNames: Record<z.infer<typeof portal>, string> = {
  staff: "the staff app",
  customer: "the customer portal",
  vendor: "the vendor portal",
  driver: "the driver portal",
};
/** Who tried to sign in: by address, or a driver by code and PIN on a tablet. */
const person = {
  audience: portal,
  email: z.string().nullable().optional(),
  name: z.string().optional(),
  code: z.string().optional(),
  tablet: z.string().optional(),
};
type Person = { email?: string | null; name?: string };
// Sign-in rows are written by a job, so the person is whom the row names.
const who = ({ email, name }: Person): string | null => email ?? name ?? null;
const placed = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(" · ");
const view = { audience: portal, email: z.string().nullable() };
const factor = z.object({ email: z.string() });

export const peopleJournal = defineEvents({
  "sign-in.accepted": event(z.object(person), {
    label: ({ audience }) => `Signed in to ${portalNames[audience]}`,
    title: ({ audience, email, code }) =>
      audience === "driver" ? (code ? "Signed in with code and PIN" : "Signed in with an emailed link") : `${email ?? "Someone"} signed in to the portal`,
    detail: ({ tablet }, { from }) => placed(tablet, from),
    tone: "green",
    who,
  }),
  "sign-in.refused": event(z.object({ ...person, why: z.string(), tries: z.number().optional() }), {
    label: ({ audience, why, tries }) => `Sign-in refused at ${portalNames[audience]}: ${why}${tries ? ` (${tries} times within an hour)` : ""}`,
    title: ({ audience, email, why }) => (audience === "driver" ? `Sign-in refused: ${why}` : `Sign-in refused${email ? ` for ${email}` : ""}`),
    detail: ({ audience, tablet, why }, { from }) => (audience === "driver" ? placed(tablet, from) : placed(why, from)),
    tone: "red",
    who,
  }),
  "sign-in.refusals-counted": event(z.object({ tries: z.number(), recorded: z.number() }), {
    label: ({ tries, recorded }) => `Sign-ins refused: ${tries} tries within an hour, ${recorded} of them recorded`,
    tone: "red",
  }),
  "requests.refused": event(z.object({ ...person, why: z.string(), tries: z.number() }), {
    label: ({ audience, why, tries }) => `Requests refused at ${portalNames[audience]}: ${tries} within an hour, ${why}`,
    title: ({ tries }) => `${tries} requests refused within an hour`,
    detail: ({ why }, { from }) => placed(why, from),
    tone: "red",
    who,
  }),
  "view.started": event(z.object({ ...view, until: instant }), {
    label: ({ audience, email }) => `Viewed ${portalNames[audience]} as ${email ?? "a contact"}`,
    title: ({ email }) => `Viewed the portal as ${email ?? "a contact"}`,
    detail: () => "read-only, for up to 30 minutes",
    tone: "blue",
  }),
  "view.ended": event(z.object(view), {
    label: ({ audience, email }) => `Stopped viewing ${portalNames[audience]} as ${email ?? "a contact"}`,
    title: ({ email }) => `Stopped viewing as ${email ?? "a contact"}`,
  }),
  "staff.invited": event(z.object({ email: z.string(), role: z.enum(roles).nullable() }), {
    label: ({ email }) => `Staff invited: ${email}`,
    tone: "blue",
  }),
  "staff.removed": event(z.object({ email: z.string().nullable() }), ({ email }) => `Staff removed: ${email}`),
  "staff.role-changed": event(
    z.object({ email: z.string().nullable(), from: z.enum(roles).nullable(), to: z.enum(roles) }),
    ({ email, from, to }) => `Staff role changed from ${from} to ${to}: ${email}`,
  ),
  "second-factor.turned-on": event(factor, ({ email }) => `Second factor turned on: ${email}`),
  "second-factor.turned-off": event(factor, ({ email }) => `Second factor turned off: ${email}`),
  "second-factor.removed": event(factor, ({ email }) => `Second factor removed by the operator: ${email}`),
});
