// Not a test that runs: `npm run validate` compiles it, and each line below must be refused.

import type { Audience } from "~/kernel/audience";
import type { EffectHandlers } from "~/kernel/effects";
import type { Id } from "~/kernel/ids";
import type { UtcMs } from "~/kernel/time";
import { invoiceEffects } from "~/modules/invoices/invoice.effects";
import { effectRow } from "~/platform/database/journal.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { AllEffects, handlersOf } from "./outbox-handlers";

type Handlers = ReturnType<typeof handlersOf>;

export function onlyEffectsOfACatalog(db: ScopedDatabase<Audience>, at: UtcMs, invoiceId: Id<"invoice">, handlers: Handlers) {
  effectRow(db, invoiceEffects.of("mail.invoice-issued", "key", { invoiceId }), at);
  // @ts-expect-error a kind that no catalog has
  invoiceEffects.of("mail.invoice-isued", "key", { invoiceId });
  // @ts-expect-error facts of another kind
  invoiceEffects.of("mail.invoice-issued", "key", { estimateId: invoiceId });
  // @ts-expect-error no facts
  invoiceEffects.of("mail.invoice-issued", "key");
  // @ts-expect-error an effect that no catalog made
  effectRow(db, { key: "key", kind: "mail.invoice-issued", body: { invoiceId }, record: null }, at);

  const { "mail.invoice-issued": _, ...fewer } = handlers;
  // @ts-expect-error a kind without its handler
  fewer satisfies EffectHandlers<AllEffects>;
  // @ts-expect-error a handler without its kind
  ({ ...handlers, "mail.invoice-lost": async () => {} }) satisfies EffectHandlers<AllEffects>;
  // @ts-expect-error a handler of other facts
  ({ ...handlers, "mail.invoice-issued": async (_facts: { estimateId: string }) => {} }) satisfies EffectHandlers<AllEffects>;
}
