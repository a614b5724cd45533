import { Resend } from "resend";
import * as z from "zod";
import { SECOND } from "~/kernel/time";
import type { DeliveryState } from "./delivery";
import { type Handed, isSignInMail, type Mail } from "./mail";
import type { Announced } from "./pacing";
import { ReceivedMail } from "./replies/received-mail";

/** Errors of the mail itself (https://resend.com/docs/api-reference/errors); all others can be retried. */
const PERMANENT: ReadonlySet<string> = new Set([
  "validation_error",
  "missing_required_field",
  "invalid_parameter",
  "invalid_idempotency_key",
  "invalid_attachment",
]);

/** After these the provider did not take the mail; after any other failure it may have. */
const NOT_TAKEN: ReadonlySet<string> = new Set([
  "rate_limit_exceeded",
  "daily_quota_exceeded",
  "monthly_quota_exceeded",
  "missing_api_key",
  "restricted_api_key",
  "invalid_api_key",
  "not_found",
]);
/** How long an answer may take; to a mail that somebody waits for, less: it is handed over again, and the key keeps it one mail. */
const ANSWER_MS = 20 * SECOND;
const SIGN_IN_ANSWER_MS = 2 * SECOND;

/** Sends a mail through Resend, which sends it once per idempotency key. */
export function resendClient(account: { apiKey: string; baseUrl: string }) {
  const client = new Resend(account.apiKey, { baseUrl: account.baseUrl });
  return {
    /** `tags` come back with each report about the mail: letters, digits, `_` and `-` only. */
    async hand(
      { template, from, to, subject, html, text, attachments, replyTo, headers: own }: Mail,
      idempotencyKey: string,
      tags: Readonly<Record<string, string>> = {},
    ): Promise<Handed> {
      const files = attachments?.map(({ name, content }) => ({ filename: name, content }));
      const named = Object.entries(tags).map(([name, value]) => ({ name, value }));
      const sent = client.emails.send({ from, to, subject, html, text, replyTo, attachments: files, tags: named, headers: own }, { idempotencyKey });
      const answer = await within(isSignInMail({ template }) ? SIGN_IN_ANSWER_MS : ANSWER_MS, sent);
      if (!answer) return { kind: "unavailable", message: "The mail provider didn't answer.", retryAfterMs: null, unclear: true, limit: null };
      const { data, error, headers } = answer;
      const { limit, retryAfterMs } = announcedIn(headers);
      if (!error) return { kind: "taken", providerId: data.id, limit };
      const message = `${error.name}: ${error.message}`;
      if (PERMANENT.has(error.name)) return { kind: "refused", message, limit };
      return { kind: "unavailable", message, retryAfterMs, unclear: !NOT_TAKEN.has(error.name), limit };
    },

    /** What has become of a mail by now (https://resend.com/docs/api-reference/emails/retrieve-email). `state` is null before anything has. */
    async stateOf(providerId: string): Promise<MailState> {
      const answer = await within(ANSWER_MS, client.emails.get(providerId));
      const announced = announcedIn(answer?.headers);
      if (!answer || (answer.error && answer.error.name !== "not_found")) return { kind: "unavailable", ...announced };
      const event = Found.safeParse(answer.data);
      return { kind: "found", state: event.success ? (stateAfter[event.data.last_event] ?? null) : null, ...announced };
    },

    /** A mail that came in (https://resend.com/docs/api-reference/emails/retrieve-received-email); null if the provider doesn't have it. */
    async received(id: string): Promise<(Announced & { mail: ReceivedMail | null }) | (Announced & { unavailable: string })> {
      const answer = await within(ANSWER_MS, client.emails.receiving.get(id));
      const announced = announcedIn(answer?.headers);
      if (answer?.error?.name === "not_found") return { ...announced, mail: null };
      const mail = ReceivedMail.safeParse(answer?.data);
      return mail.success ? { ...announced, mail: mail.data } : { ...announced, unavailable: answer?.error?.message ?? "The mail provider didn't answer." };
    },
  };
}

export type MailState = Announced & ({ kind: "found"; state: DeliveryState | null } | { kind: "unavailable" });

const Found = z.object({ last_event: z.string() });

/** Only what was delivered can be opened. */
const stateAfter: Readonly<Record<string, DeliveryState | undefined>> = {
  sent: "sent",
  delivery_delayed: "delayed",
  delivered: "delivered",
  opened: "delivered",
  clicked: "delivered",
  failed: "failed",
  suppressed: "suppressed",
  bounced: "bounced",
  complained: "complained",
};

/** Null if it takes longer. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, ms, null);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

type Headers = Record<string, string> | null | undefined;

/** The rate that an answer announces, and the pause that it asks for. */
function announcedIn(headers: Headers): Announced {
  const seconds = positive(headers, "retry-after");
  return { limit: positive(headers, "ratelimit-limit"), retryAfterMs: seconds && seconds * SECOND };
}

function positive(headers: Headers, name: string): number | null {
  const given = Number(headers?.[name]);
  return Number.isFinite(given) && given > 0 ? given : null;
}
