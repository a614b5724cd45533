import { Resend } from "resend";
import type { Handed, Mail } from "./mail";

/** Errors of the mail itself (https://resend.com/docs/api-reference/errors); all others can be retried. */
const PERMANENT: ReadonlySet<string> = new Set([
  "validation_error",
  "missing_required_field",
  "invalid_parameter",
  "invalid_idempotency_key",
  "invalid_attachment",
]);

/** Sends a mail through Resend, which sends it once per idempotency key. */
export function resendClient(account: { apiKey: string; baseUrl: string }) {
  const client = new Resend(account.apiKey, { baseUrl: account.baseUrl });
  return {
    /** `tags` come back with each report about the mail: letters, digits, `_` and `-` only. */
    async hand(
      { from, to, subject, html, text, attachments, headers: own }: Mail,
      idempotencyKey: string,
      tags: Readonly<Record<string, string>> = {},
    ): Promise<Handed> {
      const files = attachments?.map(({ name, content }) => ({ filename: name, content }));
      const named = Object.entries(tags).map(([name, value]) => ({ name, value }));
      const { data, error, headers } = await client.emails.send(
        { from, to, subject, html, text, attachments: files, tags: named, headers: own },
        { idempotencyKey },
      );
      if (error && PERMANENT.has(error.name)) return { kind: "refused", message: `${error.name}: ${error.message}` };
      if (error) return { kind: "unavailable", message: `${error.name}: ${error.message}`, retryAfterMs: retryAfter(headers) };
      return { kind: "taken", providerId: data.id };
    },
  };
}

function retryAfter(headers: Record<string, string> | null | undefined): number | null {
  const seconds = Number(headers?.["retry-after"]);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : null;
}
