import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import type { Place } from "~/kernel/list-order";
import { toCents, toQuantity } from "~/kernel/money";
import { saveCustomer } from "~/modules/customers/save-customer.server";
import { csvStream } from "~/platform/http/csv.server";
import { orderSorts, readOrderList } from "~/queries/staff/order-list.server";
import { addJob } from "./world/estimates";
import { pagesOf } from "./world/pages";
import { createWorld } from "./world/world";

const CLOCK = { now: "2030-03-01T09:00:00Z" };

/** A shop whose orders have these prices, in the order of their numbers. */
async function shopWith(prices: readonly number[]) {
  const world = await createWorld(CLOCK);
  const shop = await world.shop();
  const customer = await shop.customer();
  const staff = await shop.asStaff();
  for (const price of prices) {
    const order = await shop.workOrder({ asset: await shop.asset({ customer }), customer });
    const part = { kind: "part" as const, partNumber: null, quantity: toQuantity(1_000), cost: toCents(11_11), supplies: false };
    await addJob(staff, order, { lines: [{ ...part, id: newId("line"), each: toCents(price), text: "Drum" }] });
  }
  const as = async (email: string) => {
    const { cookie } = await shop.session(email, "staff");
    const pages = await pagesOf(world.context);
    return async (path: string) => (await pages(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } }))).text();
  };
  return { world, shop, customer, staff, as };
}

test("each order of a list has every row once, whatever the size of its pages, and the other way round backward", async () => {
  const { staff } = await shopWith([300_00, 100_00, 100_00, 200_00]);
  const all = async (by: (typeof orderSorts)[number], direction: "asc" | "desc") => {
    const numbers: number[] = [];
    let after: Place | null = null;
    do {
      const page: Awaited<ReturnType<typeof readOrderList>> = await readOrderList(
        staff.db,
        { filter: "all", query: "", order: { by, direction }, after, me: newId("membership") },
        1,
      );
      numbers.push(...page.rows.map(({ number }) => number));
      after = page.next;
    } while (after !== null);
    return numbers;
  };
  for (const by of orderSorts) expect((await all(by, "desc")).reverse()).toEqual(await all(by, "asc"));
  const [dearest, , , dear] = await all("number", "asc");
  expect((await all("price", "desc")).slice(0, 2)).toEqual([dearest, dear]);
});

test("a list is sorted by its headings and downloaded as it is shown, without what a part cost", async () => {
  const { shop, as, staff } = await shopWith([300_00, 1_200_00, 200_00]);
  await saveCustomer(staff, {
    id: newId("customer"),
    form: { name: "=cmd|' /C calc'!A0", email: "", phone: "", laborRate: "", taxCertificate: "", shares: true },
    seen: null,
  });
  const owner = await as(shop.ownerEmail);
  const page = await owner("/work-orders?show=all&q=customer&sort=price&dir=desc");
  const heading = /<th [^>]*aria-sort="descending".*?<\/th>/.exec(page)?.[0] ?? "";
  expect(heading).toContain('href="/work-orders?q=customer&amp;sort=price&amp;dir=asc"');
  expect(heading).toContain("To bill");
  expect(page.match(/aria-sort/g)).toHaveLength(1);
  expect(page).toContain('href="/work-orders.csv?q=customer&amp;sort=price&amp;dir=desc"');

  const csv = await owner("/work-orders.csv?show=all&sort=price&dir=desc");
  const [headings, ...rows] = csv.trim().split("\r\n");
  expect(headings).toBe("Order,Unit,Complaint,Customer,State,On hold for,Assigned to,Promised,To bill,Lines not authorized,Currency");
  expect(rows.map((row) => row.split(",").slice(-3))).toEqual([
    ["1200.00", "0", expect.stringMatching(/^[A-Z]{3}$/)],
    ["300.00", "0", expect.stringMatching(/^[A-Z]{3}$/)],
    ["200.00", "0", expect.stringMatching(/^[A-Z]{3}$/)],
  ]);
  expect(csv).not.toContain("11.11");
  expect((await owner("/work-orders.csv?show=draft")).trim().split("\r\n")).toEqual([headings]);
  expect(await owner("/customers.csv")).toContain(`'=cmd|`);
});

test("a list that is too long for a file ends with a line about that", async () => {
  const download = async (rows: number, most: number) =>
    (
      await new Response(
        csvStream({
          headings: ["N"],
          most,
          read: async (after: number | null) => ({ rows: [(after ?? 0) + 1], next: (after ?? 0) + 1 < rows ? (after ?? 0) + 1 : null }),
          cells: (row: number) => [row],
        }),
      ).text()
    ).split("\r\n");
  expect(await download(3, 3)).toEqual(["N", "1", "2", "3", ""]);
  expect(await download(4, 3)).toEqual(["N", "1", "2", "3", '"The list goes on. This file has its first 3 rows."'.replaceAll('"', ""), ""]);
});
