import type { Id } from "~/kernel/ids";
import type { Mail } from "./mail";
import { RECORD_OF_MAIL } from "./mail-thread";
import type { Mailer } from "./mailer.server";
import { stopPath } from "./stop-link.server";

type Sender = { linkKey: string; organizationId: Id<"organization"> };
const STOP = "Stop emails like this";

/**
 * Sends each mail with what its recipient's program reads: the mails of one record as one conversation, and, where the
 * event can be switched off, how to stop it at once (RFC 8058), as a link too.
 */
export const withHeaders = (mailer: Mailer, sender: Sender): Mailer => ({ send: (mail) => mailer.send(headed(mail, sender)) });

function headed(mail: Mail, { linkKey, organizationId }: Sender): Mail {
  const { reader, origin } = mail;
  if (!origin) return mail;
  const record = RECORD_OF_MAIL.exec(mail.key)?.[0];
  const thread = record && `<${record}@${new URL(origin).hostname}>`;
  const stop = reader && origin + stopPath(linkKey, organizationId, reader);
  return {
    ...mail,
    headers: {
      ...(thread && { References: thread, "In-Reply-To": thread }),
      ...(stop && { "List-Unsubscribe": `<${stop}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }),
    },
    ...(stop && {
      html: mail.html.replace(
        "</body>",
        `<p class="soft" style="max-width:560px;margin:12px auto 0;color:#60646c;font-size:14px"><a href="${stop}" class="soft" style="color:#60646c">${STOP}</a></p></body>`,
      ),
      text: `${mail.text}\n\n${STOP}: ${stop}`,
    }),
  };
}
