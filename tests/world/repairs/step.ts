import type { Id } from "~/kernel/ids";
import type { Dice } from "./dice";
import type { Repairs } from "./model";
import type { RepairShop } from "./shop";

/** What a step works on: the product, what should be true of it, and the choices of the run. */
export type Bench = { shop: RepairShop; asset: Id<"asset">; m: Repairs; dice: Dice };
/** What happened, each as "kind: about what"; null where there was nothing to do it with. */
export type Outcome = readonly string[] | null;
export type Step = { weight: number; run(it: Bench): Promise<Outcome> };

export const refused = (what: string, error: unknown): Outcome => [`refused ${what}: ${JSON.stringify(error)}`];
export const short = (id: string): string => id.slice(-4);
/** The version on a page that is newer than every version there is. */
export const LATEST = 99_999;
