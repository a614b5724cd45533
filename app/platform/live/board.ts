import type { Id } from "~/kernel/ids";

/** Which record changed, to which version. It carries no contents, so it can leak none. */
export type BoardNotice = { kind: string; id: string; version: number };

/** Whom a notice is for: the shop, and a customer where what changed is among what it may see. */
export const boardAudiences = (customerId: Id<"customer">, isSeen: boolean): readonly string[] => (isSeen ? ["staff", `customer:${customerId}`] : ["staff"]);

/** What use cases and jobs ask of an organization's board room. */
export type BoardNotifier = {
  publish(key: string, notice: BoardNotice, audiences: readonly string[]): Promise<void>;
  closeTagged(tag: string): Promise<number>;
  /** Those of these people, by membership, who have a page open. */
  withOpenPage(people: readonly string[]): Promise<readonly string[]>;
};
