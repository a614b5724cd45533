import * as z from "zod";

const Event = z.object({
  type: z.literal("email.received"),
  data: z.object({ email_id: z.string().regex(/^[\w-]{1,100}$/), to: z.array(z.string()), cc: z.array(z.string()).catch([]) }),
});

export type ReceivedEvent = { emailId: string; recipients: string[] };

/** The event that a mail came in (https://resend.com/docs/webhooks/emails/received); it has no body. Null for another event. */
export function readReceivedEvent(raw: string): ReceivedEvent | null {
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return null;
  }
  const event = Event.safeParse(body);
  return event.success ? { emailId: event.data.data.email_id, recipients: [...event.data.data.to, ...event.data.data.cc] } : null;
}

/** A mail that came in (https://resend.com/docs/api-reference/emails/retrieve-received-email), as far as it is used. */
export const ReceivedMail = z.object({
  from: z.string().max(1_000),
  subject: z.string().catch(""),
  text: z.string().nullable().catch(null),
  html: z.string().nullable().catch(null),
  headers: z.record(z.string(), z.string()).nullable().catch(null),
  attachments: z.array(z.object({ filename: z.string().nullable().catch(null) })).catch([]),
});
export type ReceivedMail = z.infer<typeof ReceivedMail>;

/** "Pat Ames <Pat@Fleet.test>" */
export function senderOf({ from }: Pick<ReceivedMail, "from">): { name: string; email: string } {
  const [, name = "", email] = /^\s*"?([^"<]*)"?\s*<([^<>\s]+@[^<>\s]+)>\s*$/.exec(from) ?? [];
  return { name: name.trim(), email: (email ?? from).trim().toLowerCase() };
}

/** Whether a program wrote it, such as an absence note (RFC 3834): answered as a message, two of them would go on forever. */
export function isAutomatic({ headers, from }: Pick<ReceivedMail, "headers" | "from">): boolean {
  const of = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value.trim().toLowerCase()]));
  return (
    !["no", undefined].includes(of.get("auto-submitted")) ||
    /^(bulk|junk|list|auto_reply)$/.test(of.get("precedence") ?? "") ||
    ["x-autoreply", "x-autorespond"].some((name) => of.has(name)) ||
    of.get("return-path") === "<>" ||
    /^(mailer-daemon|postmaster)@/.test(senderOf({ from }).email)
  );
}
