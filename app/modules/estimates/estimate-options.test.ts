import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { dayOf } from "~/kernel/time";
import { totalsOf } from "~/modules/work-orders/jobs/totals";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { switchOption } from "~/modules/work-orders/lines/switch-option";
import { type Order, applied as orderAfter } from "~/modules/work-orders/order";
import { latestSent } from "./estimate";
import { linesIn, pricedOptions } from "./estimate-snapshot";
import {
  answerCommand,
  authorizationOf,
  type Both,
  done,
  drafted,
  emptyDraft,
  jobId,
  line,
  lineId,
  offerOf,
  orderWith,
  START,
  sent,
  totalOf,
  write,
  ZONE,
} from "./estimates.fixtures";
import { openLines } from "./line-choice";

const optionId = (n: number) => `opt_${n}` as Id<"option">; // short ids keep the examples readable

/** A job with options: each of its lines is in one of them, or in all (0); a part may have a core. */
type Written = { options: readonly number[]; preselected: number; lines: readonly { option: number; dollars: number; core: boolean }[] };

function orderOf({ options, preselected, lines }: Written): Order {
  let n = 0;
  const written = lines.flatMap(({ option, dollars, core }) => {
    n += 1;
    const own = { ...line(n, { each: toCents(dollars * 100) }), ...(option ? { option: optionId(option) } : {}) };
    if (!core) return [own];
    n += 1;
    return [own, { ...line(n, { each: toCents(10_00) }), kind: "core" as const, ofLine: own.id, ...(option ? { option: optionId(option) } : {}) }];
  });
  const order = orderWith([written, [line(90)]]);
  const [job, other] = order.jobs;
  if (!job || !other) throw new Error("an order of two jobs");
  const list = options.map((option) => ({ id: optionId(option), name: `Option ${option}` }));
  return { ...order, jobs: [{ ...job, options: { list, preselected: optionId(preselected) } }, other] };
}

/** The same order with only the lines of one option. */
const withOnly = (order: Order, option: Id<"option">): Order => ({
  ...order,
  jobs: order.jobs.map(({ options: _, ...job }) => ({ ...job, lines: job.lines.filter((one) => one.option === undefined || one.option === option) })),
});

const numberOf = ({ id }: { id: string }): number => Number(id.slice("lin_".length));

const anyJob: fc.Arbitrary<Written> = fc
  .record({
    count: fc.integer({ min: 2, max: 4 }),
    preselected: fc.nat(3),
    more: fc.array(fc.record({ option: fc.nat(4), dollars: fc.integer({ min: 1, max: 900 }), core: fc.boolean() }), { maxLength: 5 }),
    dollars: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ count, preselected, more, dollars }) => {
    const options = Array.from({ length: count }, (_, at) => at + 1);
    const lines = [...options.map((option) => ({ option, dollars: dollars[option - 1] ?? 1, core: false })), ...more.filter(({ option }) => option <= count)];
    return { options, preselected: (preselected % count) + 1, lines };
  });
const today = dayOf(START, ZONE);
const pick = ({ options }: Written, at: number) => optionId(options[at % options.length] ?? 1);
const approveWith = (option: Id<"option">) => answerCommand({ options: { [jobId(1)]: option } });
const sumsOf = ({ order }: Pick<Both, "order">) => {
  const { quoted, authorized, toBill, over } = authorizationOf({ order });
  return { quoted, authorized, toBill, over, total: totalsOf(order, today).total };
};

describe("a job with options", () => {
  it("comes to its preselected option until the customer answers, and to the chosen one then, as if no other had been written", () => {
    fc.assert(
      fc.property(anyJob, fc.nat(3), (job, at) => {
        const order = orderOf(job);
        const [preselected, chosen] = [optionId(job.preselected), pick(job, at)];
        const [offered, alone] = [sent(order), sent(withOnly(order, preselected))];
        expect(totalOf(offered)).toBe(totalOf(alone));
        expect(sumsOf(offered)).toEqual(sumsOf(alone));
        const { snapshot } = offerOf(offered);
        const group = snapshot.groups[0] ?? expect.fail();
        expect(pricedOptions(snapshot, group).map(({ total }) => total)).toEqual(job.options.map((option) => totalOf(sent(withOnly(order, optionId(option))))));
        const [answered, answeredAlone] = [done(offered, approveWith(chosen)), done(sent(withOnly(order, chosen)), answerCommand())];
        expect(sumsOf(answered)).toEqual(sumsOf(answeredAlone));
        expect(answered.order.most).toEqual(answeredAlone.order.most);
        expect(latestSent(answered.estimate)?.decision?.approvedTotal).toBe(totalOf(answeredAlone));
        expect(openLines(answered.order.jobs, authorizationOf(answered))).toEqual([]);
      }),
    );
  });

  it("is answered whole: each line is approved, declined or unchosen, and only the preselected is ever declined", () => {
    fc.assert(
      fc.property(anyJob, fc.nat(3), fc.constantFrom("approve", "decline", "yes", "no"), (job, at, how) => {
        const [order, chosen] = [orderOf(job), pick(job, at)];
        const offered = sent(order);
        const isIn = (option: Id<"option">) => (one: { option?: Id<"option"> }) => one.option === undefined || one.option === option;
        const counted = (how === "decline" || how === "no" ? optionId(job.preselected) : chosen) as Id<"option">;
        // A form has no choice for a core.
        const mine = (order.jobs[0]?.lines ?? []).filter((one) => isIn(counted)(one) && !one.ofLine).map(({ id }) => id);
        const kind = how === "approve" || how === "decline" ? { kind: how } : null;
        // The other job is answered the other way.
        const lists = how === "yes" ? { approved: mine, declined: [lineId(90)] } : { approved: [lineId(90)], declined: mine };
        const choice = kind ?? { kind: "lines" as const, ...lists };
        const answered = done(offered, answerCommand({ choice: choice as never, options: { [jobId(1)]: chosen } }));
        const { approved, declined, unchosen } = latestSent(answered.estimate)?.decision ?? expect.fail();
        expect([...approved, ...declined, ...unchosen].sort()).toEqual(
          linesIn(offerOf(offered).snapshot)
            .map(({ id }) => id)
            .sort(),
        );
        const others = linesOf(order).filter(({ option }) => option !== undefined && option !== counted);
        expect([...unchosen].sort()).toEqual(others.map(({ id }) => id).sort());
        const recorded = answered.order.decisions.filter(({ outcome }) => outcome === "unchosen").map(({ lineId: id }) => id);
        expect(recorded.sort()).toEqual(others.map(({ id }) => id).sort());
        const { lines } = authorizationOf(answered);
        for (const { id } of others) expect(lines.get(id)).toMatchObject({ state: "unchosen", isOut: true, toBill: 0, over: 0 });
        for (const core of linesOf(order).filter(({ ofLine }) => ofLine)) expect(lines.get(core.id)?.state).toBe(lines.get(core.ofLine ?? core.id)?.state);
      }),
    );
  });

  it("comes to the same by a switch as by choosing that option at once; the shop only switches to a cheaper one", () => {
    fc.assert(
      fc.property(anyJob, fc.nat(3), fc.nat(3), fc.boolean(), (job, first, second, byShop) => {
        const [from, to] = [pick(job, first), pick(job, second)];
        const [chosen, wanted] = [done(sent(orderOf(job)), approveWith(from)), done(sent(orderOf(job)), approveWith(to))];
        const command = { jobId: jobId(1), option: to, who: "Joan", reason: "In stock" };
        const switched = switchOption(chosen.order, byShop ? { ...command, by: "shop" } : { ...command, by: "customer", how: "phone" }, START, today);
        const isCheaper = sumsOf(wanted).total < sumsOf(chosen).total;
        expect(switched.ok).toBe(from !== to && (!byShop || isCheaper));
        if (!switched.ok) return;
        const after = { order: orderAfter(chosen.order, switched.value) };
        expect(sumsOf(after)).toEqual(sumsOf(wanted));
        expect(after.order.most.approved).toBe(wanted.order.most.approved);
      }),
    );
  });

  it("is offered with all its options and the cores of its parts, whichever of its lines is named, and not again once chosen", () => {
    fc.assert(
      fc.property(anyJob, fc.nat(20), (job, at) => {
        const order = orderOf(job);
        const own = (order.jobs[0]?.lines ?? []).filter(({ option, ofLine }) => option !== undefined && !ofLine);
        const named = own[at % own.length] ?? expect.fail();
        const draft = drafted(order, [numberOf(named)]);
        const bound = linesOf(draft.order).filter(({ offer }) => offer !== null);
        expect(bound.map(({ id }) => id)).toEqual(linesOf(order).flatMap(({ id, option }) => (option ? [id] : [])));
        const chosen = done(sent(order), approveWith(optionId(job.preselected)));
        const others = linesOf(order).filter(({ option }) => option !== undefined && option !== optionId(job.preselected));
        const again = done(emptyDraft(chosen.order), write(chosen.order, others.map(numberOf)));
        expect(linesOf(again.order).filter(({ offer }) => offer !== null)).toEqual([]);
      }),
    );
  });

  it("offers a part with its core", () => {
    const order = orderOf({
      options: [1, 2],
      preselected: 1,
      lines: [{ option: 0, dollars: 5, core: true }, ...[1, 2].map((option) => ({ option, dollars: 9, core: false }))],
    });
    const bound = linesOf(drafted(order, [1]).order).filter(({ offer }) => offer !== null);
    expect(bound.map(({ id }) => id)).toEqual([lineId(1), lineId(2)]);
  });
});
