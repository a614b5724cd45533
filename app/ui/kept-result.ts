/** A form's result as a page holds it: where it was answered, and the version of the record that the answer came with. */
export type Kept<Data> = { key: string; version: unknown; data: Data };
type Seen<Data> = { key: string; version: unknown; data: Data | undefined };

/** `data` is the router's: it drops it as soon as the page loads again. */
export const keep = <Data>(kept: Kept<Data> | null, { key, version, data }: Seen<Data>): Kept<Data> | null => {
  const known = kept?.key === key ? kept : null;
  return data === undefined || known?.data === data ? known : { key, version, data };
};

/**
 * What is still shown of it: a refusal until the next form or page, so that a change from elsewhere takes no error off the
 * screen; a message that something was done only until the record changes again, because then it may be true no more.
 */
export function shownOf<Data extends { problem: object | null }>(kept: Kept<Data> | null, version: unknown): Data | undefined {
  if (kept === null) return undefined;
  return kept.data.problem === null && kept.version !== version ? undefined : kept.data;
}
