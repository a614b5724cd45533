// Not a test that runs: `npm run validate` compiles it, and each line below must be refused.
import type { Audience } from "~/kernel/audience";
import type { StoredEvent } from "~/kernel/events";
import type { UtcMs } from "~/kernel/time";
import { workOrderJournal } from "~/modules/work-orders/work-order.journal";
import { entryRow, save, saveNew } from "./journal.server";
import type { ScopedDatabase } from "./scoped.server";

export function onlyEventsOfACatalog(db: ScopedDatabase<Audience>, at: UtcMs, row: StoredEvent) {
  const record = { kind: "work-order", id: "wo_1", version: 2 };
  const named = { number: 1_000, order: "Air leak" };
  const canceled = workOrderJournal.of("work-order.canceled", { ...named, from: "open", to: "canceled", why: "Sold" });
  void save(db, { record, at, event: canceled }, []);

  // @ts-expect-error a code that the catalog doesn't have
  workOrderJournal.of("work-order.scrapped", { ...named, from: "open", to: "canceled", why: "Sold" });
  // @ts-expect-error a body without its reason
  workOrderJournal.of("work-order.canceled", { ...named, from: "open", to: "canceled" });
  // @ts-expect-error a state that no order has
  workOrderJournal.of("work-order.canceled", { ...named, from: "open", to: "scrapped", why: "Sold" });
  // @ts-expect-error a field that the body doesn't have
  workOrderJournal.of("work-order.canceled", { ...named, from: "open", to: "canceled", why: "Sold", because: "Sold" });
  // @ts-expect-error no body where there must be one
  workOrderJournal.of("note.added");
  // @ts-expect-error an event that no catalog made
  void save(db, { record, at, event: { code: "work-order.canceled", body: {} } }, []);
  // @ts-expect-error prose
  void saveNew(db, { record, at, event: "canceled" }, []);
  // @ts-expect-error no event
  entryRow(db, { record, at });

  // @ts-expect-error a code that is never read back
  workOrderJournal.bodyOf(row, "canceled");
  // @ts-expect-error a code that a query would never find
  workOrderJournal.codes("canceled");
  const event = workOrderJournal.read(row);
  // @ts-expect-error not every event has a reason
  event?.body.why;
  if (event?.code === "work-order.canceled") event.body.why satisfies string;
  // @ts-expect-error a comparison that is never true
  if (event?.code === "canceled") return;
}
