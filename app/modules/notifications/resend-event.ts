import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";
import { toUtcMs, type UtcMs } from "~/kernel/time";
import type { BounceReason, Delivery, DeliveryState } from "./delivery";

const Tags = z.record(z.string(), z.string());
const text = z.string().catch("");

/** What Resend reports of a mail (https://resend.com/docs/webhooks/event-types). */
const Event = z.object({
  type: z.string().max(100),
  created_at: text,
  data: z.object({
    to: z.array(z.string().max(320)).min(1),
    tags: Tags.catch({}),
    bounce: z.object({ type: text, subType: text, message: text }).optional(),
    failed: z.object({ reason: text }).optional(),
    suppressed: z.object({ message: text }).optional(),
  }),
});

const states: Readonly<Record<string, DeliveryState>> = {
  "email.sent": "sent",
  "email.delivery_delayed": "delayed",
  "email.delivered": "delivered",
  "email.failed": "failed",
  "email.suppressed": "suppressed",
  "email.bounced": "bounced",
  "email.complained": "complained",
};

export type MailReport = Delivery & { organizationId: Id<"organization">; tag: string; to: string };

/** A report about one of our mails. `other`: signed, but about something that we don't follow. Null if it is no event. */
export function readMailReport(raw: string, now: UtcMs): MailReport | "other" | null {
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return null;
  }
  const known = z.object({ type: z.string() }).safeParse(body);
  if (!known.success) return null;
  const state = Object.hasOwn(states, known.data.type) ? states[known.data.type] : undefined;
  if (!state) return "other";
  const event = Event.safeParse(body);
  if (!event.success) return null;
  const { tags, to, bounce, failed, suppressed } = event.data.data;
  const organizationId = parseId("organization", tags.org);
  // A mail of another program on the same account has none of our tags.
  if (!organizationId || !/^[0-9a-f]{32}$/.test(tags.mail ?? "")) return "other";
  const at = Date.parse(event.data.created_at);
  const detail = (bounce?.message || failed?.reason || suppressed?.message || "").slice(0, 300);
  return {
    organizationId,
    tag: tags.mail ?? "",
    to: (to[0] ?? "").toLowerCase(),
    state,
    reason: state === "bounced" ? reasonOf(bounce) : null,
    detail: detail === "" ? null : detail,
    // Reports are never from the future: a wrong clock must not outlast later reports.
    at: Number.isFinite(at) && at <= now ? toUtcMs(at) : now,
  };
}

/** Resend passes on the types of Amazon SES. */
function reasonOf(bounce: { type: string; subType: string } | undefined): BounceReason {
  const subType = bounce?.subType.toLowerCase() ?? "";
  if (subType === "mailboxfull") return "mailbox-full";
  if (subType === "messagetoolarge") return "too-large";
  if (subType === "contentrejected" || subType === "attachmentrejected") return "content";
  return bounce?.type.toLowerCase() === "permanent" ? "refused-for-good" : "for-now";
}
