import { createHmac } from "node:crypto";

export type Tags = { name: string; value: string }[] | undefined;
type Facts = { id: string; from: string; to: string; subject: string; tags: Tags; at: number };
type Fate = "delivered" | "bounced" | "full" | "complained" | "suppressed" | "delayed" | "failed";

/** What becomes of a mail, by its address, as Resend's test addresses do it: `bounced@…` and `bounced+anything@…`. */
export function fateOf(to: string): Fate {
  const [, name = ""] = /^([a-z]+)(\+.*)?@/.exec(to.toLowerCase()) ?? [];
  return (["bounced", "full", "complained", "suppressed", "delayed", "failed"] as const).find((fate) => fate === name) ?? "delivered";
}

/** The events of a mail (https://resend.com/docs/webhooks/event-types), in order. */
export function reportsOf({ id, from, to, subject, tags, at }: Facts, fate: Fate): object[] {
  const event = (type: string, more: object = {}, after = 0) => ({
    type: `email.${type}`,
    created_at: new Date(at + after).toISOString(),
    data: {
      created_at: new Date(at).toISOString(),
      email_id: id,
      message_id: `<${id}@mail.test>`,
      from,
      to: [to],
      subject,
      ...(tags ? { tags: Object.fromEntries(tags.map(({ name, value }) => [name, value])) } : {}),
      ...more,
    },
  });
  const bounce = (type: string, subType: string, message: string) => [event("sent"), event("bounced", { bounce: { type, subType, message } }, 2)];
  switch (fate) {
    case "bounced":
      return bounce("Permanent", "General", "550 5.1.1 The email account that you tried to reach does not exist.");
    case "full":
      return bounce("Transient", "MailboxFull", "452 4.2.2 The recipient's mailbox is full.");
    case "complained":
      return [event("sent"), event("delivered", {}, 1), event("complained", {}, 2)];
    case "suppressed":
      return [event("suppressed", { suppressed: { message: "The address is on the suppression list.", type: "OnAccountSuppressionList" } }, 1)];
    case "delayed":
      return [event("sent"), event("delivery_delayed", {}, 1)];
    case "failed":
      return [event("failed", { failed: { reason: "reached_daily_quota" } }, 1)];
    default:
      return [event("sent"), event("delivered", {}, 1)];
  }
}

/** A webhook as Svix signs it (https://docs.svix.com/receiving/verifying-payloads/how-manual). */
export function signed(secret: string, id: string, body: string, at: number) {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { headers: { "Content-Type": "application/json", "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` }, body };
}
