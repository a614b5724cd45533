import { keyedHash } from "~/platform/crypto.server";

/** The name under which the provider reports on a mail, and in the address that its replies go to: 128 bits, in hexadecimal digits. */
export const tagOf = (linkKey: string, key: string): string =>
  Buffer.from(keyedHash(linkKey, "mail-tag", key), "base64url")
    .toString("hex")
    .slice(0, 32);
