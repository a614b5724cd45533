import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";

/** Fields of a message. The text is in a field named after the line, because one form serves all lines of the page. */
export const messageFields = { id: z.string(), line: z.string() };

type EstimateMessage = { id: Id<"message">; lineId: Id<"line"> | null; text: string };
const LONGEST = 2_000;

/** The message from its form, or why it can't be sent. */
export function readMessageForm({
  id,
  line,
  ...fields
}: { id: string; line: string } & Readonly<Record<string, unknown>>): EstimateMessage | { problem: string } {
  const messageId = parseId("message", id);
  const lineId = parseId("line", line);
  const text = String(fields[`message-${lineId ?? "whole"}`] ?? "").trim();
  if (!messageId) return { problem: "We couldn't read that form. Reload the page and try again." };
  if (text === "") return { problem: "Write a message first." };
  return text.length > LONGEST ? { problem: `Use at most ${LONGEST} characters.` } : { id: messageId, lineId, text };
}
