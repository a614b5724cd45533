import type { Clock } from "~/kernel/time";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import type { Directory } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import type { Checkout } from "./begin-checkout.server";

export type SquareNeeds = { db: ScopedDatabase<"job">; clock: Clock; directory: Directory; settings: Settings };
export type OpenSquare = Checkout & { applicationId: string };

/** The shop's account at Square; null while it isn't connected. */
export async function openSquare(_: SquareNeeds): Promise<OpenSquare | null> {
  return null;
}
