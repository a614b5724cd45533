import { MessageSquare, Send } from "lucide-react";
import { Form } from "react-router";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { Moment } from "~/ui/clock";
import { SubmitButton } from "~/ui/form";
import { Icon } from "~/ui/icon";
import { TextArea } from "~/ui/text-area";

export type Message = { id: Id<"message">; lineId: Id<"line"> | null; text: string; at: UtcMs; who: string; fromShop: boolean };

/** One form for all messages of the page: the fields are inside another form, and forms can't be nested. */
export const MESSAGE_FORM_ID = "message-form";
export const messageField = (lineId: string): string => `message-${lineId}`;
export const WHOLE_ESTIMATE = "whole";

export function MessageForm({ fresh }: { fresh: string }) {
  return (
    <Form method="post" id={MESSAGE_FORM_ID} preventScrollReset>
      <input type="hidden" name="intent" value="message" />
      <input type="hidden" name="id" value={fresh} />
    </Form>
  );
}

type Props = {
  /** Null for the whole estimate. */
  lineId: Id<"line"> | null;
  /** Names the line for screen readers. */
  of: string;
  messages: readonly Message[];
  /** The side that writes here. */
  as: "shop" | "customer";

  typed?: Readonly<Record<string, string>>;
  /** Read-only while staff view as a contact. */
  closed?: boolean;
};

/** The messages about a line and the field for a new one. */
export function MessageThread({ lineId, of, messages, as, typed, closed = false }: Props) {
  const thread = messages.filter((message) => message.lineId === lineId);
  const name = messageField(lineId ?? WHOLE_ESTIMATE);
  // The key clears the field after one's own message, and keeps the draft when the other side writes.
  const ownCount = thread.filter(({ fromShop }) => fromShop === (as === "shop")).length;
  const open = thread.length > 0 && thread.at(-1)?.fromShop !== (as === "shop");
  const label = as === "shop" ? "Reply" : thread.length > 0 ? "Write another message" : "Ask a question";
  return (
    <div className="grid justify-items-start gap-1">
      {thread.length > 0 && (
        <ul aria-label={`Messages about ${of}`} className="grid gap-1.5 border-l-2 border-line pl-3">
          {thread.map(({ id, text, who, fromShop, at }) => (
            <li key={id} className="text-small">
              <span className="font-semibold">{who}</span>
              {fromShop && as === "customer" && <span className="text-ink-soft">, the shop</span>}{" "}
              <span className="text-ink-soft">
                <Moment at={at} />
              </span>
              <span className="block text-body whitespace-pre-line">{text}</span>
            </li>
          ))}
        </ul>
      )}
      {!closed && (as === "customer" || thread.length > 0 || lineId === null) && (
        <details open={open && as === "shop"} className="w-full">
          <summary className="inline-flex min-h-(--target) cursor-pointer list-none items-center gap-1.5 text-small text-accent underline-offset-2 select-none hover:underline [&::-webkit-details-marker]:hidden">
            <Icon of={MessageSquare} />
            {label}
            <span className="sr-only"> about {of}</span>
          </summary>
          <div className="grid max-w-prose justify-items-start gap-2 pb-2 *:w-full">
            <TextArea
              key={ownCount}
              form={MESSAGE_FORM_ID}
              label={as === "shop" ? "Your answer" : "Your question"}
              name={name}
              maxLength={2_000}
              defaultValue={typed?.[name] ?? ""}
            />
            <SubmitButton form={MESSAGE_FORM_ID} name="line" value={lineId ?? WHOLE_ESTIMATE} kind="quiet" icon={Send} pendingLabel="Sending">
              {as === "shop" ? "Send answer to the customer" : "Send question"}
            </SubmitButton>
          </div>
        </details>
      )}
    </div>
  );
}
