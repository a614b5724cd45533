import { createHash } from "node:crypto";
import { ID_ALPHABET, type Id, parseId, prefixes, type RecordKind } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { mayUse } from "~/modules/customers/contacts/contact-rights";
import { estimateStore } from "~/modules/estimates/estimate.store.server";
import { writeMessage } from "~/modules/estimates/messages/write-message.server";
import { inTurn } from "~/modules/notifications/in-turn.server";
import { mailStore } from "~/modules/notifications/mail.store.server";
import { RECORD_OF_MAIL } from "~/modules/notifications/mail-thread";
import { mailedRecordPath } from "~/modules/notifications/mailed-record";
import { type NotifyNeeds, notifyStaff } from "~/modules/notifications/notify-staff.server";
import type { MailTurns } from "~/modules/notifications/pacing";
import { isAutomatic, type ReceivedMail, senderOf } from "~/modules/notifications/replies/received-mail";
import { ReplyMail, replySubject, replyText } from "~/modules/notifications/replies/reply.email";
import { asMessages, writtenText } from "~/modules/notifications/replies/reply-text";
import { resendClient } from "~/modules/notifications/resend.client.server";
import { postMessage } from "~/modules/vendor-jobs/post-message.server";
import { vendorJobStore } from "~/modules/vendor-jobs/vendor-job.store.server";
import { type ScopedDatabase, scopedDatabase } from "~/platform/database/scoped.server";
import type { Organization } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import { exceededQuota } from "~/platform/http/quotas.server";
import { log } from "~/platform/log.server";
import { Refused, Unavailable } from "~/platform/outbox/drain.server";
import { fromReply } from "~/platform/scope/scope.server";

type Needs = NotifyNeeds & { tenants: D1Database; settings: Settings; turns: MailTurns };
type Replied = { tag: string; emailId: string };

/**
 * Reads a reply from the provider. About an estimate or a vendor job, by the person who was mailed and who may write there,
 * it becomes a message of theirs, never a decision. Any other reply goes to the staff responsible, with its text.
 */
export async function takeReply(s: Needs, key: string, { tag, emailId }: Replied): Promise<void> {
  const { organizationId } = s.db.scope;
  const [mailed, organization] = await Promise.all([mailStore(s.db).withTag(tag), s.directory.organization(organizationId)]);
  if (!mailed || !organization) return log.info("mail.reply-to-nothing", { organizationId });
  const mail = await receive(s, emailId);
  if (isAutomatic(mail)) return log.info("mail.automatic-reply", { organizationId });
  const text = writtenText(mail);
  const left = mail.attachments.map(({ filename }) => filename ?? "a file");
  if (text === "" && left.length === 0) return;
  const sender = senderOf(mail);
  const messages = asMessages(
    [text, left.length > 0 ? `[Attached to the email and not shown here: ${left.join(", ")}. The shop can open it at its mail provider.]` : ""]
      .filter(Boolean)
      .join("\n\n"),
  );
  const record = RECORD_OF_MAIL.exec(mailed.key)?.[0] ?? null;
  if (record && sender.email === mailed.recipient.toLowerCase() && (await converse(s, organization, { record, emailId, email: sender.email, messages })))
    return;
  const facts = {
    organization,
    sender: sender.name || sender.email,
    email: sender.email,
    subject: mailed.subject,
    text,
    left,
    link: organization.publicOrigin + (mailedRecordPath(record) ?? paths.staff.notices),
  };
  await notifyStaff(s, key, {
    event: "reply.received",
    about: { kind: kindOf(record), id: record ?? key, href: mailedRecordPath(record) ?? paths.staff.notices },
    title: `${replySubject(facts)}: ${messages.join(" ").slice(0, 600)}`,
    mail: { template: "reply-received", subject: replySubject(facts), html: ReplyMail(facts), text: replyText(facts), replyTo: sender.email },
  });
}

async function receive({ db, settings, turns }: Needs, emailId: string): Promise<ReceivedMail> {
  if (!settings.mail) throw new Unavailable("mail is not connected: RESEND_API_KEY is not set");
  const client = resendClient(settings.mail);
  const answer = await inTurn(turns, db.scope.organizationId, "rest", () => client.received(emailId));
  if ("unavailable" in answer) throw new Unavailable(answer.unavailable, answer.retryAfterMs);
  if (!answer.mail) throw new Refused("the mail provider doesn't have this reply");
  return answer.mail;
}

type Written = { record: string; emailId: string; email: string; messages: readonly string[] };
type Post = (text: string, at: number) => Promise<{ ok: boolean }>;

/** Writes the reply into the record's conversation; false if there is none, or the sender may not write there. */
async function converse(s: Needs, organization: Organization, { record, emailId, email, messages }: Written): Promise<boolean> {
  const post = (await inEstimate(s, organization, record, emailId, email)) ?? (await inVendorJob(s, organization, record, emailId, email));
  if (!post) return false;
  for (const [at, text] of messages.entries()) if (!(await post(text, at)).ok) return at > 0;
  return true;
}

/** How a person writes about an estimate: a contact of its customer, else staff. */
async function inEstimate(s: Needs, organization: Organization, record: string, emailId: string, email: string): Promise<Post | null> {
  const estimateId = parseId("estimate", record);
  const estimate = estimateId && (await estimateStore(s.db).find(estimateId));
  if (!estimateId || !estimate) return null;
  const postAs =
    (db: ScopedDatabase<"staff"> | ScopedDatabase<"customer">): Post =>
    (text, at) =>
      writeMessage({ ...s, db }, { id: idOf("message", emailId, at), estimateId, lineId: null, text });
  const contact = await partnerOf(s, organization, "customer", estimate.customerId, email);
  if (contact) return mayUse(await readContactRights(contact), "documents").ok ? postAs(contact) : null;
  const staff = await staffOf(s, organization, "estimate:write", email);
  return staff && postAs(staff);
}

/** How a person writes about a vendor job: one of its vendor's people, else staff. */
async function inVendorJob(s: Needs, organization: Organization, record: string, emailId: string, email: string): Promise<Post | null> {
  const id = parseId("vendorJob", record);
  const job = id && (await vendorJobStore(s.db).find(id));
  if (!id || !job) return null;
  const db = (await partnerOf(s, organization, "vendor", job.vendorId, email)) ?? (await staffOf(s, organization, "vendor-job:manage", email));
  if (!db || (await exceededQuota({ ...s, db }, "mail"))) return null;
  return (text, at) => postMessage({ ...s, db }, id, { messageId: idOf("event", emailId, at), text });
}

async function partnerOf<F extends "customer" | "vendor">(
  s: Needs,
  organization: Organization,
  audience: F,
  partyId: string,
  email: string,
): Promise<ScopedDatabase<F> | null> {
  const people = await s.directory.membershipsOfParty(organization.id, audience, partyId);
  const person = people.find((one) => one.email?.toLowerCase() === email);
  return person ? scopedDatabase(s.tenants, fromReply(audience, { ...person, partyId, role: null }, organization)) : null;
}

async function staffOf(s: Needs, organization: Organization, permission: string, email: string): Promise<ScopedDatabase<"staff"> | null> {
  const person = (await s.directory.staffOf(organization.id)).find((one) => one.email.toLowerCase() === email && may("staff", one.role, permission));
  return person ? scopedDatabase(s.tenants, fromReply("staff", { ...person, partyId: null }, organization)) : null;
}

const kindOf = (record: string | null): string =>
  (Object.keys(prefixes) as RecordKind[]).find((kind) => parseId(kind, record))?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) ?? "mail";

/** The id of one of a reply's messages: the same whenever the reply is read again, and in their order. */
function idOf<K extends RecordKind>(kind: K, emailId: string, at: number): Id<K> {
  const bytes = createHash("sha256").update(emailId).digest();
  return `${prefixes[kind]}_${Array.from(bytes.subarray(0, 25), (byte) => ID_ALPHABET[byte % 32]).join("")}${ID_ALPHABET[at]}` as Id<K>;
}
