import { env, SELF } from "cloudflare:test";
import { createHash } from "node:crypto";
import { type Id, newId } from "~/kernel/ids";
import type { RecordName } from "~/modules/attachments/attachment";
import { readAttachments } from "~/modules/attachments/attachments.read.server";
import { PART_BYTES } from "~/modules/attachments/upload/parts";
import type { Shop } from "./shop";
import { ORIGIN } from "./socket";

export const digestOf = (bytes: Uint8Array, as: "base64" | "hex" = "base64"): string => createHash("sha256").update(bytes).digest(as);

/** A file of any length that is an MP4 by its first bytes, and differs everywhere. */
export function video(bytes: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(bytes / 4));
  for (let at = 0, seed = 1; at < words.length; at++) words[at] = seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  const content = new Uint8Array(words.buffer, 0, bytes);
  content.set(new TextEncoder().encode("\0\0\0\x14ftypisom\0\0\x02\0isom"));
  return content;
}

/** Somebody who sends files to one record, as a page's script does. */
export async function senderFor(shop: Shop, record: RecordName, email = shop.ownerEmail, portal: "staff" | "customer" = "staff") {
  const { cookie } = await shop.session(email, portal);
  const { to } = await readAttachments(await shop.asStaff(), record, null);
  const send = (path: string, init: RequestInit<RequestInitCfProperties> = {}, as = cookie) =>
    SELF.fetch(`${ORIGIN}/uploads/${path}`, { ...init, headers: { Cookie: as, "Sec-Fetch-Site": "same-origin", ...(init.headers as Record<string, string>) } });
  const begin = (id: string, facts: Record<string, unknown>) => send(id, { method: "PUT", body: JSON.stringify({ to, ...facts }) });
  const part = (id: string, number: number, body: Uint8Array<ArrayBuffer>, digest = digestOf(body)) =>
    send(`${id}/parts/${number}`, { method: "PUT", body, headers: { "Content-Digest": `sha-256=:${digest}:` } });
  const complete = (id: string) => send(`${id}/complete`, { method: "POST" });
  const piece = (content: Uint8Array<ArrayBuffer>, number: number) => content.slice((number - 1) * PART_BYTES, number * PART_BYTES);

  return {
    to,
    cookie,
    send,
    begin,
    part,
    complete,
    piece,
    /** All of it, in order, until something refuses. */
    async whole(name: string, content: Uint8Array<ArrayBuffer>, audiences: string[] = []): Promise<{ id: Id<"attachment">; answer: Response }> {
      const id = newId("attachment");
      let answer = await begin(id, { name, bytes: content.length, audiences });
      for (let number = 1; answer.ok && number <= Math.ceil(content.length / PART_BYTES); number++) answer = await part(id, number, piece(content, number));
      return { id, answer: answer.ok ? await complete(id) : answer };
    },
  };
}

/** What lies in a shop's folder for files. */
export async function filesOf(shop: Shop): Promise<{ key: string; size: number }[]> {
  return (await env.FILES.list({ prefix: `${shop.id}/attachments/` })).objects.map(({ key, size }) => ({ key, size }));
}
