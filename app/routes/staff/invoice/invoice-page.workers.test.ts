import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { formatMoney, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { check, issued, record } from "../../../../tests/world/accounts";
import { estimateShop } from "../../../../tests/world/estimates";
import { pagesOf } from "../../../../tests/world/pages";

test("a corrected payment is one row of the invoice's activity, beside the one that is right", async () => {
  const its = await estimateShop();
  const invoiceId = await issued(its);
  const wrong = newId("entry");
  expect((await record(its, { intent: "pay", id: wrong, on: [{ invoiceId, amount: null }], amount: toCents(25_00), ...check("2030-03-01") })).ok).toBe(true);
  const right = { id: newId("entry"), amount: toCents(20_00), ...check("2030-03-01") };
  expect((await record(its, { intent: "correct", entryId: wrong, why: "Mistyped", ...right })).ok).toBe(true);
  const pages = await pagesOf(its.world.context);
  const { cookie } = await its.shop.session(its.shop.ownerEmail, "staff");
  const page = await (await pages(new Request(`http://localhost${paths.staff.invoice(invoiceId)}`, { headers: { Cookie: cookie } }))).text();
  const money = (amount: number) => formatMoney(toCents(amount), "NZD", "en-NZ");
  // What is inside of a closed part is left out.
  const shown = page.replace(/<script.*?<\/script>|<details(?:(?!<details).)*?<\/details>/gs, " ").replace(/<[^>]+>/g, " ");
  expect(shown).toContain(`Corrected: Check 1041: ${money(25_00)} received`);
  expect(shown).toContain(`Check 1041: ${money(20_00)} received`);
  expect(shown).not.toMatch(/taken off as a mistake|unapplied from/);
  expect(page).toContain("Show its 4 entries");
});
