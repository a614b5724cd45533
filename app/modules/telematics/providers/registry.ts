import { osmand } from "./osmand/osmand";
import type { Provider } from "./provider";
import { readingsApi } from "./readings-api/readings-api";

export const providers: readonly Provider[] = [osmand, readingsApi];

const addresses = providers.map((provider) => ({ provider, pattern: new RegExp(`^${provider.path.replace(":key", "([^/]{1,200})/?")}$`) }));

/** The provider at an address, with the key that is part of it. */
export function providerAt(pathname: string): { provider: Provider; key: string | null } | null {
  for (const { provider, pattern } of addresses) {
    const match = pattern.exec(pathname);
    if (match) return { provider, key: match[1] === undefined ? null : decoded(match[1]) };
  }
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // no key has such a name, so it is refused as unknown
  }
}
