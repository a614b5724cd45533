import { env } from "cloudflare:test";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { formatMoney, toCents } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { printEstimate } from "~/modules/estimates/documents/print-estimate.server";
import { approvedOrder, completed, issued, saveTerms } from "../../../../tests/world/accounts";
import { estimateShop } from "../../../../tests/world/estimates";
import { pagesOf } from "../../../../tests/world/pages";
import { printInvoice } from "./print-invoice.server";

const money = (amount: number) => formatMoney(toCents(amount), "NZD", "en-NZ");
const plain = (text: string) => text.normalize("NFC").replace(/\s+/g, " ");

test("the sums of an invoice and of an estimate are the same rows on the page, in the portal and on paper, without a zero but for tax", async () => {
  const its = await estimateShop();
  const { staff, shop, world, decider } = its;
  await saveTerms(its, { taxCertificate: "IN-1" });
  const { id: order, estimate } = await approvedOrder(its, { Drums: 300_00 });
  await completed(its, order);
  const invoice = await issued(its, [order]);
  const pages = await pagesOf(world.context);
  const both = await Promise.all([shop.session(shop.ownerEmail, "staff"), shop.session(decider.email, "customer")]);
  const cookie = both.map((one) => one.cookie).join("; ");
  const rowsOn = async (path: string) => {
    const html = await (await pages(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } }))).text();
    const table = /<caption[^>]*>Totals<\/caption>.*?<\/table>/s.exec(html)?.[0] ?? expect.fail(`no totals on ${path}`);
    return [...table.matchAll(/<tr.*?<\/tr>/gs)].map(([row]) => plain(row.replace(/<[^>]+>/g, " ").replaceAll("&nbsp;", " ")).trim());
  };
  const printed = async (document: { file: string } | null) => {
    const file = document && (await env.FILES.get(`${shop.id}/${document.file}`));
    const bytes = new Uint8Array((await file?.arrayBuffer()) ?? expect.fail("no document"));
    return plain((await extractText(bytes, { mergePages: true })).text);
  };
  const rows = [`Parts ${money(300_00)}`, `Tax (exempt) ${money(0)}`, `Total ${money(300_00)}`].map(plain);
  for (const path of [paths.staff.invoice(invoice), paths.customer.invoice(invoice), paths.staff.estimate(estimate), paths.customer.estimate(estimate)])
    expect({ path, rows: await rowsOn(path) }).toEqual({ path, rows });
  for (const text of [await printed(await printInvoice(staff, invoice)), await printed(await printEstimate(staff, estimate, 1))]) {
    expect(text).toContain(rows.join(" "));
    expect(text).not.toMatch(/(Labor|Fees|Outside work|Shop supplies) .?\$?0\.00/);
  }
});
