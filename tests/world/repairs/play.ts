import { differences, type Fixed } from "./check";
import { diceOf } from "./dice";
import { estimateSteps } from "./estimate-steps";
import { invoiceSteps } from "./invoice-steps";
import { emptyRepairs } from "./model";
import { orderSteps } from "./order-steps";
import type { RepairShop } from "./shop";
import type { Bench, Step } from "./step";
import { vendorSteps } from "./vendor-steps";

const steps: readonly Step[] = [...orderSteps, ...estimateSteps, ...vendorSteps, ...invoiceSteps];
const drawn = steps.flatMap((step) => Array.from({ length: step.weight }, () => step));

export type Case = { seed: number; number: number; length: number };
/** What happened in a case, step by step, and what was wrong after the last of them. */
export type Played = { done: Happened[]; wrong: string[] };
type Happened = { at: number; events: readonly string[] };

/** Plays a case on a new unit until something is wrong; `skips` leaves steps out, for the shortest way to a fault. */
export async function play(shops: readonly RepairShop[], { seed, number, length }: Case, skips: ReadonlySet<number> = new Set()): Promise<Played> {
  const shop = shops[number % shops.length];
  const [owner] = shop?.customers ?? [];
  if (!shop || !owner) throw new Error("no shop to play in");
  const m = emptyRepairs(shop.rules, owner);
  const asset = await shop.newUnit(owner);
  const [fixed, versions]: [Fixed, Map<string, number>] = [new Map(), new Map()];
  const done: Happened[] = [];
  for (let at = 0; at < length; at++) {
    if (skips.has(at)) continue;
    const dice = diceOf(seed, number, at);
    const it: Bench = { shop, asset, m, dice };
    try {
      const outcome = await dice.pick(drawn)?.run(it);
      if (!outcome) continue;
      done.push({ at, events: outcome });
      if (outcome.every((event) => event.startsWith("refused"))) continue;
      const wrong = await differences(it, fixed, versions);
      if (wrong.length > 0) return { done, wrong };
    } catch (cause) {
      done.push({ at, events: ["threw"] });
      return { done, wrong: [cause instanceof Error ? `step ${at}: ${cause.stack}` : String(cause)] };
    }
  }
  return { done, wrong: [] };
}

/** The shortest way to a fault that leaving out steps finds, in ever smaller parts. */
export async function shortened(shops: readonly RepairShop[], asked: Case, first: Played): Promise<Played> {
  let [best, kept] = [first, stepsOf(first)];
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let from = Math.max(0, kept.length - size); from >= 0; from -= size) {
      const wanted = kept.filter((_, at) => at < from || at >= from + size);
      const without = await play(shops, asked, new Set(Array.from({ length: asked.length }, (_, at) => at).filter((at) => !wanted.includes(at))));
      if (without.wrong.length === 0 || kindOf(without) !== kindOf(best)) continue;
      [best, kept] = [without, stepsOf(without)];
    }
  return best;
}

/** The places of the steps that did something. */
const stepsOf = ({ done }: Played): number[] => done.filter(({ events }) => !events.every((event) => event.startsWith("refused"))).map(({ at }) => at);

/** The first fault without its ids and sums. */
const kindOf = ({ wrong: [first = ""] }: Played): string => first.replace(/\b(?=\w*\d)\w{4}\b|\b[a-z]{4}\b(?= (is|on))|\d+|\{.*|\[.*/g, "#").slice(0, 40);
