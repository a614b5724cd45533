import { useLoaderData } from "react-router";
import { readMailbox } from "~/platform/http/mailbox.server";
import { anyone } from "~/platform/http/public-guard.server";
import { Empty } from "~/ui/empty";
import { PageBody, PageHeader } from "~/ui/page";

export const meta = () => [{ title: "Mailbox" }];
export const loader = anyone.loader("development only: not in a production build", async ({ url, platform }) => ({
  mails: await readMailbox(platform, url.searchParams.get("to")),
}));

export default function Mailbox() {
  const { mails } = useLoaderData<typeof loader>();
  return (
    <main id="main" className="density-portal mx-auto min-h-dvh max-w-[45rem] bg-panel">
      <PageHeader title="Mailbox" state={<span className="text-ink-soft">Emails sent in development.</span>} />
      <PageBody>
        {mails.length === 0 && <Empty title="No emails yet" body="Ask for a sign-in link in a portal. The email shows up here." />}
        {mails.map((mail) => (
          <article key={mail.id} className="grid grid-cols-[minmax(0,1fr)] gap-2 border-t border-line pt-4">
            <h2 className="text-lead">{mail.subject}</h2>
            <p className="text-small text-ink-soft">
              to {mail.to} · {mail.sentAt}
            </p>
            <Linked text={mail.text} />
            {mail.attachments.length > 0 && <p className="text-small text-ink-soft">With {mail.attachments.map(({ filename }) => filename).join(", ")}</p>}
          </article>
        ))}
      </PageBody>
    </main>
  );
}

/** The text of an email, with clickable links. */
function Linked({ text }: { text: string }) {
  return (
    <p className="wrap-anywhere whitespace-pre-wrap">
      {text.split(/(https?:\/\/\S+)/).map((part) =>
        /^https?:/.test(part) ? (
          <a key={part} href={part} className="text-accent underline">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
