import * as z from "zod";
import type { Id } from "~/kernel/ids";
import { seal, unseal } from "~/platform/crypto.server";
import type { SquareSettings } from "~/platform/env.server";

type Tokens = { accessToken: string; refreshToken: string };
type Sealed = { sealed: string; keyId: string };

const PURPOSE = "square-tokens";
const stored = z.object({ accessToken: z.string(), refreshToken: z.string() });
/** Moved to another organization's row, or named as another key's, they do not open. */
const ownerOf = (organizationId: Id<"organization">, keyId: string): string => `${organizationId} ${keyId}`;

/** Encrypts tokens with the newest key. */
export function sealTokens(
  { tokenKeys: [key] }: Pick<SquareSettings, "tokenKeys">,
  organizationId: Id<"organization">,
  { accessToken, refreshToken }: Tokens,
): Sealed {
  if (!key) throw new Error("no key for tokens");
  return { keyId: key.id, sealed: seal(key.secret, PURPOSE, ownerOf(organizationId, key.id), JSON.stringify({ accessToken, refreshToken })) };
}

/** Null where the key that encrypted them is gone. */
export function openTokens({ tokenKeys }: Pick<SquareSettings, "tokenKeys">, organizationId: Id<"organization">, { sealed, keyId }: Sealed): Tokens | null {
  const key = tokenKeys.find(({ id }) => id === keyId);
  return key ? stored.parse(JSON.parse(unseal(key.secret, PURPOSE, ownerOf(organizationId, keyId), sealed))) : null;
}
