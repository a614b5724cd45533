import * as z from "zod";
import { type Id, parseId } from "~/kernel/ids";

/** A question or an answer, as its form says it. Its words stand in a field that is named after the line. */
export const messageFields = { intent: z.literal("message"), id: z.string(), line: z.string() };

type EstimateMessage = { id: Id<"message">; lineId: Id<"line"> | null; text: string };
const LONGEST = 2_000;

/** What the form says, or why it cannot be sent. */
export function readMessageForm({
  id,
  line,
  ...fields
}: { id: string; line: string } & Readonly<Record<string, unknown>>): EstimateMessage | { problem: string } {
  const messageId = parseId("message", id);
  const lineId = parseId("line", line);
  const text = String(fields[`message-${lineId ?? "whole"}`] ?? "").trim();
  if (!messageId) return { problem: "That form could not be read. Reload the page and try again." };
  if (text === "") return { problem: "Write something first." };
  return text.length > LONGEST ? { problem: `Keep it under ${LONGEST} letters.` } : { id: messageId, lineId, text };
}
