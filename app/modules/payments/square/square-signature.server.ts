import { hmac, sameText } from "~/platform/crypto.server";

/**
 * Whether Square signed a webhook: base64(HMAC-SHA256(key, notification URL + body as it came)), compared in constant
 * time. The URL is the one that is written in Square's dashboard, to the byte. The SDK's own check throws on Workers.
 */
export function verifySquareSignature(key: string, notificationUrl: string, rawBody: string, header: string | null): boolean {
  if (header === null || key === "") return false;
  return sameText(hmac(key, notificationUrl + rawBody).toString("base64"), header);
}
