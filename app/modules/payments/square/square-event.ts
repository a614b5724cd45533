import * as z from "zod";

/** Ids are plain text at Square. Anything else might be stored as another text than it is looked for by. */
const name = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\x21-\x7e]+$/);

/** What every notice of Square's has (https://developer.squareup.com/docs/webhooks/step3validate). */
const Notice = z.object({
  merchant_id: name(100),
  type: name(100),
  event_id: name(100),
  data: z.object({ id: name(200) }),
});

export type SquareNotice = { merchantId: string; type: string; eventId: string; objectId: string };

/** A notice's routing facts; null if it is none. Nothing else of it is trusted: its object is read again from Square. */
export function readNotice(raw: string): SquareNotice | null {
  let body: unknown;
  try {
    body = JSON.parse(raw);
  } catch {
    return null;
  }
  const notice = Notice.safeParse(body);
  if (!notice.success) return null;
  const { merchant_id: merchantId, type, event_id: eventId, data } = notice.data;
  return { merchantId, type, eventId, objectId: data.id };
}
