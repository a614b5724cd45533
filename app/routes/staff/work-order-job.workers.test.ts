import { describe, expect, it } from "vitest";
import { type Id, newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { changeWorkOrder } from "~/modules/work-orders/change-work-order.server";
import type { Job, Line } from "~/modules/work-orders/jobs/job";
import { lineField } from "~/modules/work-orders/jobs/job-form";
import { decideLine } from "~/modules/work-orders/lines/decide-line";
import { offerLines } from "~/modules/work-orders/lines/offer-lines";
import { linesOf } from "~/modules/work-orders/lines/order-authorization";
import { openWorkOrder } from "~/modules/work-orders/open-work-order.server";
import type { Decided, Order } from "~/modules/work-orders/order";
import { workOrderStore } from "~/modules/work-orders/work-order.store.server";
import { sentBy, shownOn } from "../../../tests/world/forms";
import { changeOf, usd, writtenLine } from "../../../tests/world/order-values";
import { pagesOf } from "../../../tests/world/pages";
import { createWorld } from "../../../tests/world/world";

type Form = Record<string, string>;
const TODAY = "2030-03-01";
const hose = writtenLine(1, 40, { id: newId("line"), kind: "part", text: "Hose", cost: usd(25) });
const horn = writtenLine(2, 60, { id: newId("line"), text: "Horn" });

/** A shop with an order of one job with these lines, and its people at their browsers, without JavaScript. */
async function setUp(lines: readonly Line[] = [hose, horn].map((line) => ({ ...line, id: newId("line") }))) {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  const staff = await shop.asStaff();
  const technician = `tech@${shop.id.slice(-8)}.test`;
  await shop.person("staff", technician);
  const id = newId("workOrder");
  const assetId = await shop.asset({ customer: await shop.customer() });
  await openWorkOrder(staff, { id, assetId, complaint: "Air leak", lead: null, promisedAt: null, purchaseOrder: null, asDraft: false });
  const store = workOrderStore(staff.db);
  const order = async (): Promise<Order> => (await store.find(id))?.order ?? expect.fail("no order");
  const job = async (): Promise<Job> => (await order()).jobs[0] ?? expect.fail("no job");
  const jobId = (await job()).id;
  const path = paths.staff.job(id, jobId);
  if (lines.length > 0) await changeWorkOrder(staff, id, { intent: "save-job", seen: 1, job: { ...(await job()), lines } });

  const pages = await pagesOf(world.context);
  const at = async (email: string) => {
    const { cookie } = await shop.session(email, "staff");
    const get = (to = path) => pages(new Request(`http://localhost${to}`, { headers: { Cookie: cookie } }));
    return {
      get,
      /** What the form would send as it is served. */
      open: async (to = path) => saveForm(await get(to)),
      post: (form: Form, to = path) =>
        pages(
          new Request(`http://localhost${to}`, {
            method: "POST",
            headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
            body: new URLSearchParams(form),
          }),
        ),
    };
  };
  const [first, second] = [await at(shop.ownerEmail), await at(shop.ownerEmail)];
  return {
    id,
    jobId,
    order,
    job,
    first,
    second,
    technician: await at(technician),
    saved: async () => (await job()).lines.map(({ text, each }) => [text, each / 100]),
    /** Saves a change of the order as an estimate or a decision makes it. */
    change: async (decide: (order: Order) => Decided) => {
      const before = await order();
      expect(await store.save(before, changeOf(decide(before)), world.clock.now())).toMatchObject({ ok: true });
    },
  };
}

async function saveForm(page: Response): Promise<Form> {
  const { forms } = await shownOn(page);
  const sent = sentBy(forms.find(({ intent }) => intent === "save") ?? expect.fail("the page has no such form"));
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, decoded(value)]));
}
/** A value as a browser reads it from the page. */
const decoded = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const rowOf = (form: Form, text: string): number =>
  Object.keys(form)
    .map((name) => Number(/^line-(\d+)-text$/.exec(name)?.[1] ?? -1))
    .find((row) => row >= 0 && form[lineField(row, "text")] === text) ?? expect.fail(`no line "${text}"`);
/** The form with other values in the row of a line, or in an unused one. */
const withLine = (form: Form, text: string, values: Partial<Record<Parameters<typeof lineField>[1], string>>): Form => {
  const row = rowOf(form, text);
  return { ...form, ...Object.fromEntries(Object.entries(values).map(([field, value]) => [lineField(row, field as keyof typeof values), value])) };
};
/** Without JavaScript a line is removed by leaving its row empty. */
const withoutLine = (form: Form, text: string): Form => withLine(form, text, { text: "", partNumber: "", quantity: "1", each: "", discount: "", cost: "" });
const offered = (ids: readonly Id<"line">[]) => (order: Order) => offerLines(order, { estimateId: newId("estimate"), lines: ids, validThrough: "2030-04-01" });

describe("the form of a job", () => {
  it("saves what two people changed in different places at once, and the order's activity names both", async () => {
    const { id, job, first, second, saved } = await setUp();
    const [mine, yours] = [await first.open(), await second.open()];
    expect((await first.post(withLine(mine, "Hose", { each: "45.00" }))).status).toBe(303);
    const more = { ...withLine(yours, "", { text: "Clamp", each: "5.00", cost: "2.00" }), cause: "Chafed hose" };
    expect((await second.post(more)).status).toBe(303);
    expect((await saved()).sort()).toEqual([
      ["Clamp", 5],
      ["Horn", 60],
      ["Hose", 45],
    ]);
    expect((await job()).cause).toBe("Chafed hose");
    const page = await (await first.get(paths.staff.order(id))).text();
    expect(page).toContain("Changed: Hose");
    expect(page).toContain("Added: Clamp");
  });

  it("never removes lines that it did not show", async () => {
    const { first, second, saved, job } = await setUp([]);
    const [mine, empty] = [await first.open(), await second.open()];
    expect((await first.post(withLine(mine, "", { text: "Horn", each: "60.00" }))).status).toBe(303);
    expect((await second.post({ ...empty, correction: "Replaced" })).status).toBe(303);
    expect(await saved()).toEqual([["Horn", 60]]);
    expect((await job()).correction).toBe("Replaced");
  });

  it("shows both versions of what two people changed differently, and saves neither until the second decides", async () => {
    const { first, second, saved, job } = await setUp();
    const [mine, yours] = [await first.open(), await second.open()];
    await first.post({ ...withLine(mine, "Hose", { each: "45.00" }), cause: "Chafed hose" });
    const answer = await second.post({ ...withLine(yours, "Hose", { each: "50.00" }), cause: "Loose fitting" });
    expect(answer.status).toBe(409);
    const page = await answer.clone().text();
    // Theirs above the form, yours in it.
    expect(page).toMatch(/while you were writing.*Chafed hose.*Loose fitting/s);
    const kept = await saveForm(answer);
    expect(kept[lineField(rowOf(kept, "Hose"), "each")]).toBe("50.00");
    expect([await saved(), (await job()).cause]).toEqual([
      [
        ["Hose", 45],
        ["Horn", 60],
      ],
      "Chafed hose",
    ]);

    expect((await second.post(kept)).status).toBe(303);
    expect(await saved()).toContainEqual(["Hose", 50]);
    expect((await job()).cause).toBe("Loose fitting");
  });

  it("replaces on the second save only what was shown: a third person's change in between collides again", async () => {
    const { first, second, saved } = await setUp();
    const [mine, yours] = [await first.open(), await second.open()];
    await first.post(withLine(mine, "Hose", { each: "45.00" }));
    const kept = await saveForm(await second.post(withLine(yours, "Hose", { each: "50.00" })));
    await first.post(withLine(await first.open(), "Hose", { each: "48.00" }));
    expect((await second.post(kept)).status).toBe(409);
    expect(await saved()).toContainEqual(["Hose", 48]);
  });

  it("keeps on the second save what the other one changed or added elsewhere", async () => {
    const { first, second, saved, job } = await setUp();
    const [mine, yours] = [await first.open(), await second.open()];
    const theirs = withLine(withLine(mine, "Hose", { each: "45.00" }), "Horn", { each: "65.00" });
    await first.post({ ...withLine(theirs, "", { text: "Clamp", each: "5.00" }), correction: "Replaced" });
    const kept = await saveForm(await second.post(withLine(yours, "Hose", { each: "50.00" })));
    expect((await second.post(kept)).status).toBe(303);
    expect((await saved()).sort()).toEqual([
      ["Clamp", 5],
      ["Horn", 65],
      ["Hose", 50],
    ]);
    expect((await job()).correction).toBe("Replaced");
  });

  it("does not save an empty list over lines, even on the second save", async () => {
    const { first, second, saved } = await setUp([]);
    const [mine, empty] = [await first.open(), await second.open()];
    await first.post({ ...withLine(mine, "", { text: "Horn", each: "60.00" }), cause: "Chafed hose" });
    const answer = await second.post({ ...empty, cause: "Loose fitting" });
    expect(answer.status).toBe(409);
    await second.post(await saveForm(answer));
    expect(await saved()).toEqual([["Horn", 60]]);
  });

  it("puts a line back that the other one removed, if it is saved again", async () => {
    const { first, second, saved } = await setUp();
    const [mine, yours] = [await first.open(), await second.open()];
    await first.post(withoutLine(mine, "Hose"));
    const answer = await second.post(withLine(yours, "Hose", { each: "50.00" }));
    expect(answer.status).toBe(409);
    expect((await second.post(await saveForm(answer))).status).toBe(303);
    expect(await saved()).toContainEqual(["Hose", 50]);
  });

  it("keeps all lines of a long job", async () => {
    const lines = Array.from({ length: 62 }, (_, at) => ({ ...horn, id: newId("line"), text: `Line ${at + 1}` }));
    const { first, saved } = await setUp(lines);
    await first.post({ ...(await first.open()), correction: "Replaced" });
    expect(await saved()).toHaveLength(62);
  });

  it("is compared with nothing where its hidden copy of the job can't be read, and refused if the job is newer", async () => {
    const { first, second, saved } = await setUp();
    const [mine, yours] = [await first.open(), await second.open()];
    await first.post(withLine(mine, "Hose", { each: "45.00" }));
    expect((await second.post({ ...withoutLine(yours, "Horn"), base: "broken" })).status).toBe(409);
    expect(await saved()).toEqual([
      ["Hose", 45],
      ["Horn", 60],
    ]);
  });

  it("adds a new job once, also when it is sent twice", async () => {
    const { id, first, order } = await setUp();
    const path = paths.staff.job(id, newId("job"));
    const form = { ...(await first.open(path)), complaint: "Horn is silent" };
    expect((await first.post(form, path)).status).toBe(303);
    await first.post(form, path);
    expect((await order()).jobs.map(({ complaint }) => complaint)).toEqual(["Air leak", "Horn is silent"]);
  });
});

describe("removing a line in the form of a job", () => {
  it("removes it where nobody decided on it, and the activity names it", async () => {
    const { id, first, saved } = await setUp();
    expect((await first.post(withoutLine(await first.open(), "Horn"))).status).toBe(303);
    expect(await saved()).toEqual([["Hose", 40]]);
    expect(await (await first.get(paths.staff.order(id))).text()).toContain("Removed: Horn");
  });

  it("asks for a reason where the customer approved it, which the activity then shows", async () => {
    const { id, first, saved, order, change } = await setUp();
    const lineId = linesOf(await order())[0]?.id ?? expect.fail("no line");
    await change((now) => decideLine(now, { lineId, by: "Renee", reason: "", outcome: "approved", how: "phone" }, now.stateSince, TODAY));
    const form = await first.open();
    expect(form).not.toHaveProperty("why");
    const answer = await first.post(withoutLine(form, "Hose"));
    expect(answer.status).toBe(422);
    const shown = await shownOn(answer.clone());
    expect(shown.texts["why-error"]).toMatch(/approved .*Hose.*reason/);
    const asked = await saveForm(answer);
    expect(asked).toMatchObject({ why: "" });
    expect(await saved()).toHaveLength(2);

    expect((await first.post({ ...asked, why: "Part is not made anymore" })).status).toBe(303);
    expect(await saved()).toEqual([["Horn", 60]]);
    expect(await (await first.get(paths.staff.order(id))).text()).toContain("Removed: Hose. Part is not made anymore");
  });

  it("is refused where the customer has it on an estimate, and what was typed is kept", async () => {
    const { first, saved, order, change } = await setUp();
    await change(offered(linesOf(await order()).map(({ id }) => id)));
    const answer = await first.post({ ...withoutLine(await first.open(), "Hose"), cause: "Chafed hose" });
    expect(answer.status).toBe(409);
    expect((await shownOn(answer.clone())).alert).toMatch(/Hose.* is on an estimate that was sent/);
    expect(await saveForm(answer)).toMatchObject({ cause: "Chafed hose" });
    expect(await saved()).toHaveLength(2);
  });

  it("lets an offered line be changed", async () => {
    const { first, order, change } = await setUp();
    await change(offered(linesOf(await order()).map(({ id }) => id)));
    expect((await first.post(withLine(await first.open(), "Hose", { each: "45.00" }))).status).toBe(303);
    expect(linesOf(await order())[0]).toMatchObject({ each: 45_00, offer: { price: 40_00, isOpen: true } });
  });
});

describe("a technician's form of a job", () => {
  it("neither shows nor changes costs", async () => {
    const { technician, order } = await setUp();
    const form = await technician.open();
    expect(form).not.toHaveProperty(lineField(0, "cost"));
    expect(form.base).not.toContain("2500");
    const sent = { ...withLine(form, "Hose", { each: "45.00" }), [lineField(0, "cost")]: "1.00", correction: "Replaced" };
    expect((await technician.post(withLine(sent, "", { text: "Clamp", each: "5.00", cost: "1.00" }))).status).toBe(303);
    expect(linesOf(await order()).map(({ text, each, cost }) => [text, each, cost])).toEqual([
      ["Hose", toCents(45_00), toCents(25_00)],
      ["Horn", toCents(60_00), null],
      ["Clamp", toCents(5_00), null],
    ]);
  });

  it("merges with a cost that someone else changed meanwhile", async () => {
    const { first, technician, order } = await setUp();
    const form = await technician.open();
    await first.post(withLine(await first.open(), "Hose", { cost: "30.00" }));
    expect((await technician.post(withLine(form, "Hose", { quantity: "2" }))).status).toBe(303);
    expect(linesOf(await order())[0]).toMatchObject({ quantity: 2_000, cost: 30_00 });
  });
});

describe("a line that concerns safety", () => {
  it("still does after somebody saves its job without a change", async () => {
    const { first, order } = await setUp([{ ...hose, id: newId("line"), safety: true }]);
    expect((await first.post(await first.open())).status).toBe(303);
    expect(linesOf(await order())).toMatchObject([{ safety: true, version: 2 }]);
  });
});
