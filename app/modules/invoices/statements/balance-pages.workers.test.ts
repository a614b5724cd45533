import { env } from "cloudflare:test";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { formatMoney, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { scopedFiles } from "~/platform/files/scoped-files.server";
import { documentsOf } from "~/platform/pdf/documents.server";
import { approvedOrder, check, completed, issued, record } from "../../../../tests/world/accounts";
import { estimateShop } from "../../../../tests/world/estimates";
import { pagesOf } from "../../../../tests/world/pages";
import { printStatement } from "./print-statement.server";

const money = (amount: number) => formatMoney(toCents(amount), "NZD", "en-NZ");
const period = { from: "2030-02-01", through: "2030-03-01" };

/** What the customer reads of its balance: on the list of invoices, on the statement, and on the statement's PDF. */
async function balanceShown(its: Awaited<ReturnType<typeof estimateShop>>) {
  const { world, shop, decider, staff, customer } = its;
  const pages = await pagesOf(world.context);
  const [{ cookie }, office] = await Promise.all([shop.session(decider.email, "customer"), shop.session(shop.ownerEmail, "staff")]);
  const textOf = async (path: string, Cookie = cookie) => {
    const html = await (await pages(new Request(`http://localhost${path}`, { headers: { Cookie } }))).text();
    return html
      .replace(/<script.*?<\/script>|<[^>]+>/gs, " ")
      .replaceAll("&#x27;", "'")
      .replace(/\s+/g, " ");
  };
  const platform = { ...world.context.platform, db: shop.db, files: scopedFiles(env.FILES, shop.db.scope), assets: env.ASSETS };
  const printed = await printStatement({ ...staff, documents: documentsOf(platform) }, customer.id, period);
  const pdf = printed.ok ? await extractText(new Uint8Array(printed.value.content), { mergePages: true }) : expect.fail(printed.error.kind);
  return {
    invoices: await textOf(paths.customer.invoices),
    balances: await textOf(paths.staff.balances, office.cookie),
    statement: await textOf(`${paths.customer.statement}?${new URLSearchParams(period)}`),
    pdf: pdf.text.replace(/\s+/g, " "),
  };
}

test("the portal's balance is the closing balance of the statement, under the same name, and credit is explained", async () => {
  const its = await estimateShop();
  const { id: order } = await approvedOrder(its, { Drums: 100_00 });
  await completed(its, order);
  await issued(its, [order]);
  const deposit = (amount: number, reference: string) =>
    record(its, { intent: "pay", id: newId("entry"), on: [], amount: toCents(amount), ...check("2030-03-01", reference) });
  await deposit(20_00, "1");
  const due = await balanceShown(its);
  expect(due.invoices).toContain(`Balance due ${money(90_00)}`);
  expect(due.invoices).toContain(`Open invoices of ${money(110_00)}, less ${money(20_00)} of credit that isn't applied to an invoice yet.`);
  expect(due.balances).toMatch(new RegExp(`Credit Balance due .*\\${money(20_00)} \\${money(90_00)} `));
  expect(due.statement).toMatch(new RegExp(`Balance due as of [^:]+: \\${money(90_00)}`));
  expect(due.pdf).toMatch(/Balance due as of Fri, 1 Mar 2030/);
  expect(due.pdf).toContain(`Balance due ${money(90_00)}`);
  // The period in the shop's locale, as in the table.
  expect(due.pdf).toContain("1 Feb 2030 to 1 Mar 2030");
  expect(due.pdf).not.toContain("2030-");

  await deposit(100_00, "2");
  const over = await balanceShown(its);
  expect(over.invoices).toContain(`Credit balance ${money(10_00)}`);
  expect(over.balances).toContain(`${money(10_00)} Credit balance`);
  expect(over.statement).toMatch(new RegExp(`Credit balance as of [^:]+: \\${money(10_00)}`));
  expect(over.pdf).toContain(`Credit balance ${money(10_00)}`);
});
