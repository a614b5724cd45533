import * as z from "zod";

/** Facts of Resend's published OpenAPI description (github.com/resend/resend-openapi, resend.yaml, version 1.5.0); what it doesn't name is refused. */
const texts = z.array(z.string());
const oneOrMore = z.union([z.string(), texts.min(1).max(50)]);
const tagText = z.string().regex(/^[\w-]{1,256}$/);

/** `SendEmailRequest`, without the fields of templates and topics. */
export const SendEmailRequest = z.strictObject({
  from: z.string(),
  to: oneOrMore,
  subject: z.string(),
  bcc: oneOrMore.optional(),
  cc: oneOrMore.optional(),
  reply_to: oneOrMore.optional(),
  html: z.string().optional(),
  text: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  scheduled_at: z.string().optional(),
  attachments: z
    .array(
      z.strictObject({
        content: z.string().optional(),
        filename: z.string().optional(),
        path: z.string().optional(),
        content_type: z.string().optional(),
        content_id: z.string().optional(),
      }),
    )
    .optional(),
  tags: z.array(z.strictObject({ name: tagText, value: tagText })).optional(),
});
/** `Idempotency-Key`. */
export const IdempotencyKey = z.string().min(1).max(256);
/** `SendEmailResponse`. */
export const SendEmailResponse = z.strictObject({ id: z.string() });
/** `Email`. */
export const Email = z.strictObject({
  object: z.literal("email"),
  id: z.string(),
  message_id: z.string(),
  to: texts,
  from: z.string(),
  created_at: z.string(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  bcc: texts,
  cc: texts,
  reply_to: texts,
  last_event: z.enum([
    "bounced",
    "canceled",
    "clicked",
    "complained",
    "delivered",
    "delivery_delayed",
    "failed",
    "opened",
    "queued",
    "scheduled",
    "sent",
    "suppressed",
  ]),
});
const textsOrNull = texts.nullable();
const attachment = z.strictObject({
  id: z.uuid(),
  filename: z.string().nullable(),
  content_type: z.string(),
  content_id: z.string().nullable(),
  content_disposition: z.enum(["inline", "attachment"]).nullable(),
});
/** `GetReceivedEmailResponse`. */
export const ReceivedEmail = z.strictObject({
  object: z.literal("email"),
  id: z.uuid(),
  to: texts,
  from: z.string(),
  subject: z.string(),
  message_id: z.string(),
  bcc: textsOrNull,
  cc: textsOrNull,
  reply_to: textsOrNull,
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z.record(z.string(), z.string()).nullable(),
  created_at: z.string(),
  attachments: z.array(attachment),
});
/** `EmailReceivedEvent`. */
export const EmailReceivedEvent = z.strictObject({
  type: z.literal("email.received"),
  created_at: z.string(),
  data: z.strictObject({
    email_id: z.string(),
    created_at: z.string(),
    from: z.string(),
    to: texts,
    subject: z.string(),
    message_id: z.string(),
    bcc: texts,
    cc: texts,
    attachments: z.array(attachment),
  }),
});
