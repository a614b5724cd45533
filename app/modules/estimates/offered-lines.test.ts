import { describe, expect, it } from "vitest";
import type { Id } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { DAY, later } from "~/kernel/time";
import { everything } from "~/modules/customers/contacts/contact-rights";
import { decide as decideOrder } from "~/modules/work-orders/decide-order";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { applied as orderAfter } from "~/modules/work-orders/order";
import { lineIdsIn, linesIn } from "./estimate-snapshot";
import {
  answerCommand,
  asks,
  attempt,
  authorizationOf,
  type Both,
  byLine,
  declines,
  done,
  drafted,
  edited,
  emptyDraft,
  fourLines,
  line,
  lineId,
  lineOf,
  offerOf,
  orderWith,
  revise,
  START,
  send,
  sent,
  totalOf,
  withdraw,
  write,
} from "./estimates.fixtures";
import { openLines } from "./line-choice";

const chosenFor = (both: Pick<Both, "order">) => lineIdsIn({ jobs: openLines(both.order.jobs, authorizationOf(both)) });
const bound = ({ order }: Both) => linesOf(order).flatMap(({ id, offer }) => (offer ? [id] : []));

/** A second estimate for the order of another one. */
const second = ({ order }: Both): Both => {
  const { estimate } = emptyDraft(order);
  return { order, estimate: { ...estimate, id: "est_2" as Id<"estimate"> } };
};
const hold = <B extends { order: Both["order"] }>(both: B): B => {
  const held = decideOrder(both.order, { intent: "move", seen: 99, to: "on-hold", holdReason: "approval", rulesVersion: 3 }, START);
  if (!held.ok) throw new Error(JSON.stringify(held.error));
  return { ...both, order: orderAfter(both.order, held.value) };
};

describe("the lines that an estimate begins with", () => {
  it("are those that nobody decided on", () => {
    expect(chosenFor({ order: fourLines() })).toEqual([1, 2, 3, 4].map(lineId));
    const answered = done(sent(undefined, [1, 2]), answerCommand(byLine([1], [2])));
    expect(chosenFor(answered)).toEqual([3, 4].map(lineId));
  });

  it("leave out lines on another draft or sent estimate", () => {
    expect(chosenFor(drafted(fourLines(), [1, 2]))).toEqual([3, 4].map(lineId));
    expect(chosenFor(sent(fourLines(), [1, 2]))).toEqual([3, 4].map(lineId));
  });

  it("include an authorized line that grew by more than the customer agreed to", () => {
    const answered = done(sent(), answerCommand());
    expect(chosenFor(answered)).toEqual([]);
    expect(chosenFor(edited(answered, 1, [line(1, { each: toCents(130_00) }), line(2)]))).toEqual([lineId(1)]);
  });

  it("leave out lines within what the customer agreed to at most", () => {
    const standing = { standing: toCents(330_00), named: null, approved: null };
    expect(chosenFor({ order: fourLines({ most: standing }) })).toEqual([lineId(4)]);
  });
});

describe("a line", () => {
  it("is on one draft or sent estimate at most", () => {
    const refused = { ok: false, error: { kind: "not-allowed", message: expect.stringMatching(/"Line 2" is on another estimate already/) } };
    for (const first of [drafted(fourLines(), [1, 2]), sent(fourLines(), [1, 2])]) {
      const other = second(first);
      expect(attempt(other, write(other.order, [2, 3]))).toEqual(refused);
      expect(attempt(other, write(other.order, [3])).ok).toBe(true);
    }
  });

  it("that was never sent is free again when it is taken off the draft", () => {
    const first = drafted(fourLines(), [1, 2]);
    expect(bound(done(first, write(first.order, [1])))).toEqual([lineId(1)]);
  });

  it("that a form names and that is gone makes the draft stale", () => {
    const order = orderWith([[line(1)]]);
    const gone = edited({ order }, 1, []);
    expect(attempt(emptyDraft(gone.order), write(order))).toEqual({ ok: false, error: { kind: "stale" } });
  });

  it("can be removed from the order while it is on a draft, and from a sent estimate only by a revision or a withdrawal", () => {
    const remove = { intent: "save-job", seen: 99, job: { ...fourLines().jobs[0], lines: [line(1)] } } as const;
    const removing = ({ order }: Both) => decideOrder(order, remove as Parameters<typeof decideOrder>[1], START);
    expect(removing(drafted()).ok).toBe(true);
    expect(removing(sent())).toMatchObject({ ok: false, error: { kind: "line-offered" } });
    const without = sent();
    expect(removing(done(done(done(without, revise), write(without.order, [1, 3, 4])), send)).ok).toBe(true);
    expect(removing(done(sent(), withdraw)).ok).toBe(true);
  });
});

describe("sending", () => {
  it("freezes the snapshot and quotes each line at its price", () => {
    const both = sent(fourLines(), [1, 2]);
    expect(authorizationOf(both)).toMatchObject({ quoted: 200_00, authorized: 0 });
    const dearer = edited(both, 1, [line(1, { each: toCents(175_00), text: "Line 1, longer" }), line(2)]);
    expect(linesIn(offerOf(dearer).snapshot)[0]).toMatchObject({ text: "Line 1", price: 100_00 });
    expect(lineOf(dearer, 1)).toMatchObject({ offered: 100_00, quoted: 100_00, text: "Line 1, longer" });
  });

  it("frees lines of the revision before that are not sent again", () => {
    const both = sent();
    const revised = done(done(both, revise), write(both.order, [1, 2]));
    // Until the new one is sent, the old one can be answered as a whole.
    expect(bound(revised)).toHaveLength(4);
    const again = done(revised, send);
    expect(bound(again)).toEqual([1, 2].map(lineId));
    expect(authorizationOf(again).quoted).toBe(200_00);
    expect(chosenFor(again)).toEqual([3, 4].map(lineId));
  });

  it("is refused while the order is locked", () => {
    const canceled = decideOrder(drafted().order, { intent: "cancel", why: "Sold" }, START);
    if (!canceled.ok) throw new Error("not canceled");
    const both = drafted();
    expect(attempt({ ...both, order: orderAfter(both.order, canceled.value) }, send)).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
  });
});

describe("an answer", () => {
  it("authorizes the price that was sent, whatever the line costs by then", () => {
    const both = done(edited(sent(), 1, [line(1, { each: toCents(175_00) }), line(2)]), answerCommand());
    expect(lineOf(both, 1)).toMatchObject({ state: "authorized", authorized: 100_00, over: 75_00, offer: null });
    expect(authorizationOf(both)).toMatchObject({ authorized: 400_00, toBill: 475_00, over: 75_00 });
  });

  it("touches only lines that were offered, and adds none", () => {
    const both = sent(fourLines(), [1, 2]);
    const answered = done(both, answerCommand(byLine([1], [2])));
    expect(linesOf(answered.order).map(({ id }) => id)).toEqual(linesOf(both.order).map(({ id }) => id));
    for (const n of [3, 4]) expect(lineOf(answered, n)).toEqual(lineOf(both, n));
    expect(answered.order.decisions.map(({ lineId: id, outcome, amount }) => [id, outcome, amount])).toEqual([
      [lineId(1), "approved", 100_00],
      [lineId(2), "declined", 0],
    ]);
    expect(bound(answered)).toEqual([]);
  });

  it("can be decided after the shop wrote a revision without some of the lines", () => {
    const both = sent();
    const answered = done(done(done(both, revise), write(both.order, [1])), answerCommand());
    expect([1, 2, 3, 4].map((n) => lineOf(answered, n).state)).toEqual(["authorized", "authorized", "authorized", "authorized"]);
  });

  it("frees lines that only the discarded draft had", () => {
    const both = sent(fourLines(), [1, 2]);
    for (const answer of [{}, declines]) {
      const answered = done(done(done(both, revise), write(both.order, [1, 2, 3])), answerCommand(answer));
      expect(bound(answered)).toEqual([]);
      expect(chosenFor(answered)).toEqual([3, 4].map(lineId));
    }
  });

  it("marks a declined line: it is not billed, and stays on the order", () => {
    const both = done(sent(), answerCommand(byLine([1], [2, 3, 4])));
    expect(lineOf(both, 2)).toMatchObject({ state: "declined", toBill: 0, authorized: 0, quoted: 100_00 });
    expect(authorizationOf(both)).toMatchObject({ quoted: 400_00, authorized: 100_00, toBill: 100_00, over: 0 });
  });

  it("changes by a new offer while the order may change", () => {
    const both = done(sent(fourLines(), [1, 2]), answerCommand(declines));
    const again = done(second(both), write(both.order, [1]));
    const approved = done(done(again, send), answerCommand());
    expect([lineOf(approved, 1).state, lineOf(approved, 2).state]).toEqual(["authorized", "declined"]);
    expect(approved.order.decisions.map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
  });

  it("moves a draft order to Open and fills its empty PO, if something was approved", () => {
    const asked = sent(fourLines({ state: "draft" }));
    const approved = done(asked, answerCommand({ purchaseOrder: "PO 77" }));
    expect(approved.order).toMatchObject({ state: "open", purchaseOrder: "PO 77", stateVersion: approved.order.version });
    expect(done(asked, answerCommand({ ...declines, purchaseOrder: "PO 77" })).order).toMatchObject({ state: "draft", purchaseOrder: null });
    const own = sent(fourLines({ purchaseOrder: "PO 1" }));
    expect(done(own, answerCommand({ purchaseOrder: "PO 77" })).order.purchaseOrder).toBe("PO 1");
  });
});

describe("a hold for approval", () => {
  it.each([
    ["an approval", answerCommand()],
    ["a decline", answerCommand(declines)],
    ["changes that the customer wants", answerCommand(asks)],
    ["a withdrawal", withdraw],
  ])("ends with %s, back to the state before it", (_what, command) => {
    const both = hold(sent(fourLines({ state: "in-progress" })));
    expect(both.order.state).toBe("on-hold");
    expect(done(both, command).order).toMatchObject({ state: "in-progress", holdReason: null, heldFrom: null });
  });

  it("goes on while another estimate waits, but not for one that expired", () => {
    const first = sent(fourLines({ state: "in-progress" }), [1, 2]);
    const other = done(done(second(first), write(first.order, [3, 4])), send);
    const both = hold({ ...first, order: other.order });
    expect(done(both, answerCommand(byLine([1, 2], []))).order.state).toBe("on-hold");
    expect(done(both, answerCommand(declines), later(START, 40 * DAY)).order.state).toBe("in-progress");
  });

  it("for parts does not end with an answer", () => {
    const held = hold(sent(fourLines({ state: "in-progress" })));
    const parts = { ...held, order: { ...held.order, holdReason: "parts" as const } };
    expect(done(parts, answerCommand()).order).toMatchObject({ state: "on-hold", holdReason: "parts" });
  });
});

describe("changes that the customer wants", () => {
  const both = () => done(sent(fourLines(), [1, 2]), answerCommand(asks));

  it("leave the lines undecided, but bound until the estimate is revised or withdrawn", () => {
    expect(lineOf(both(), 1)).toMatchObject({ state: "none", offered: null });
    expect(bound(both())).toEqual([1, 2].map(lineId));
    expect(both().order.decisions).toEqual([]);
    const other = second(both());
    expect(attempt(other, write(other.order, [1]))).toMatchObject({ ok: false, error: { kind: "not-allowed" } });
    expect(bound(done(both(), withdraw))).toEqual([]);
  });

  it("are answered by a revision", () => {
    const asked = both();
    const again = done(done(done(asked, revise), write(asked.order, [1])), send);
    expect(lineOf(done(again, answerCommand({}, 2)), 1)).toMatchObject({ state: "authorized", authorized: 100_00 });
    expect(bound(again)).toEqual([lineId(1)]);
  });
});

describe("a withdrawal", () => {
  it("frees the lines, which were never quoted then", () => {
    const both = done(sent(), withdraw);
    expect(bound(both)).toEqual([]);
    expect(authorizationOf(both)).toMatchObject({ quoted: 0, applies: false });
    expect(attempt(second(both), write(both.order)).ok).toBe(true);
  });

  it("of a supplement leaves what was quoted before", () => {
    const approved = done(sent(), answerCommand());
    const grown = edited(approved, 1, [line(1, { each: toCents(180_00) }), line(2)]);
    const supplement = done(done(second(grown), write(grown.order, [1])), send);
    expect(authorizationOf(supplement).quoted).toBe(480_00);
    expect(authorizationOf(done(supplement, withdraw)).quoted).toBe(400_00);
  });
});

describe("a supplement", () => {
  const approved = () => done(sent(fourLines(), [1, 2]), answerCommand());

  it("costs what the order's total grows by, because supplies are capped", () => {
    // 1,000.00 of labor takes the supplies to their cap of 60.00; the 7 % are tax on supplies.
    const large = orderWith([[line(1, { each: toCents(1_000_00) })]]);
    const first = done(sent(large), answerCommand());
    expect(totalOf(first)).toBe(1_064_20);
    const more = edited(first, 2, [line(3, { each: toCents(200_00) })]);
    const supplement = done(done(second(more), write(more.order, [3])), send);
    expect(totalOf(supplement)).toBe(200_00);
    expect(done(supplement, answerCommand()).order.most.approved).toBe(1_264_20);
  });

  it("for a line that grew authorizes the new price, and costs the difference", () => {
    const grown = edited(approved(), 1, [line(1, { each: toCents(180_00) }), line(2)]);
    const supplement = done(done(second(grown), write(grown.order, [1])), send);
    expect(linesIn(offerOf(supplement).snapshot)).toMatchObject([{ price: 180_00, approvedBefore: 100_00 }]);
    // 80.00 with 8 % supplies and 7 % tax on those.
    expect(totalOf(supplement)).toBe(86_85);
    expect(lineOf(done(supplement, answerCommand()), 1)).toMatchObject({ authorized: 180_00, over: 0 });
  });

  it("that is declined leaves what was authorized, and the difference is not covered by a later limit", () => {
    const grown = edited(approved(), 1, [line(1, { each: toCents(180_00) }), line(2)]);
    const supplement = done(done(second(grown), write(grown.order, [1])), send);
    const declined = done(supplement, answerCommand(declines));
    expect(declined.order.decisions.at(-1)).toMatchObject({ outcome: "difference-declined", amount: 0 });
    expect(lineOf(declined, 1)).toMatchObject({ state: "authorized", authorized: 100_00, over: 80_00 });
    const named = { ...declined, order: { ...declined.order, most: { ...declined.order.most, named: toCents(9_999_00) } } };
    expect(lineOf(named, 1)).toMatchObject({ covered: 0, over: 80_00 });
  });

  it("is within a contact's limit only with all that was authorized on the order", () => {
    const more = edited(approved(), 3, [line(5)]);
    const supplement = done(done(second(more), write(more.order, [5])), send);
    // 300.00 of labor with 24.00 supplies and their tax.
    const limit = (decideLimit: number) => ({ ...everything, decideLimit: toCents(decideLimit) });
    expect(attempt(supplement, answerCommand(), START, limit(325_67))).toMatchObject({ ok: false, error: { kind: "right" } });
    expect(attempt(supplement, answerCommand(), START, limit(325_68)).ok).toBe(true);
    const named = answerCommand({ notToExceed: toCents(400_00) });
    expect(attempt(supplement, named, START, limit(399_99))).toMatchObject({ ok: false, error: { kind: "right" } });
    expect(attempt(supplement, named, START, limit(400_00)).ok).toBe(true);
    expect(attempt(supplement, answerCommand({ notToExceed: toCents(325_67) }))).toMatchObject({ ok: false, error: { kind: "incomplete" } });
  });

  it("above a contact's limit can be given to a colleague", () => {
    const more = edited(approved(), 3, [line(5)]);
    const supplement = done(done(second(more), write(more.order, [5])), send);
    const small = { ...everything, decideLimit: toCents(200_00) };
    expect(attempt(supplement, answerCommand(), START, small)).toMatchObject({ ok: false, error: { kind: "right" } });
    expect(attempt(supplement, { intent: "ask-colleague", revision: 1, by: "Renee" }, START, small).ok).toBe(true);
  });
});

describe("a limit that the customer names", () => {
  it("covers later work on the order within it, and growth", () => {
    const both = done(sent(fourLines(), [1, 2]), answerCommand({ notToExceed: toCents(330_00) }));
    expect(both.order.most).toMatchObject({ named: 330_00, approved: 217_12 });
    // 300.00 with supplies and tax is 325.68; the fourth hour does not fit.
    expect([lineOf(both, 3), lineOf(both, 4)]).toMatchObject([
      { covered: 100_00, over: 0 },
      { covered: 0, over: 100_00 },
    ]);
  });
});
