import type { Effect } from "~/kernel/effects";
import type { JournalEvent } from "~/kernel/events";
import type { Id } from "~/kernel/ids";
import type { Result } from "~/kernel/result";
import type { Clock, UtcMs } from "~/kernel/time";
import { changeRecord } from "~/platform/database/change-record.server";
import type { ScopedDatabase, Statement } from "~/platform/database/scoped.server";
import { accountStore } from "./account.store.server";
import type { Account } from "./ledger";

export type Note = { event: JournalEvent; changes: readonly Statement[]; effects: readonly Effect[] };

/**
 * Saves with a customer's account what moves no money yet, such as a reservation. It takes the account's next version, so
 * it is decided on an account that nobody changes meanwhile. `load`: what else it is decided on.
 */
export function noteOnAccount<Facts, Refusal>(
  s: { db: ScopedDatabase<"staff"> | ScopedDatabase<"job">; clock: Clock; zone: string },
  customerId: Id<"customer">,
  steps: {
    sourceId: Id<"entry">;
    load(): Promise<Facts>;
    decide(account: Account, facts: Facts, now: UtcMs): Result<Note, Refusal>;
  },
) {
  const store = accountStore(s.db, s.zone);
  return changeRecord({
    clock: s.clock,
    async load() {
      // The account first: what is noted after it makes the save stale.
      const found = await store.account(customerId, [], steps.sourceId);
      return found && { ...found, facts: await steps.load() };
    },
    decide: ({ account, facts }, now) => steps.decide(account, facts, now),
    save: ({ version }, { event, changes, effects }, now) => store.add(customerId, version, [], event, now, { changes, effects }),
  });
}
