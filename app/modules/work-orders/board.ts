/** Which record changed, to which version. It carries no contents, so it can leak none. */
export type BoardNotice = { kind: string; id: string; version: number };

/** What the rest of the house asks of an organization's board room. */
export type BoardPort = {
  publish(key: string, notice: BoardNotice, audiences: readonly string[]): Promise<void>;
  closeTagged(tag: string): Promise<number>;
};
