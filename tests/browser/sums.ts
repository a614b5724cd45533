import type { Locator, Page } from "playwright-core";
import { extractText } from "unpdf";

// What people and documents read as sums, as the text on them: "$1,240.00".

const MONEY = /\$[\d,]+\.\d\d/;

/** The rows of the page's totals by their names: "Labor", "Shop supplies", "Total". */
export async function totalsOn(page: Page): Promise<Record<string, string>> {
  const rows = page.getByRole("table", { name: "Totals" }).last().getByRole("row");
  await rows.first().waitFor();
  const read = await rows.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
  return Object.fromEntries(read.map(([name = "", sum = ""]) => [name, sum]));
}

/** Quoted, authorized and to bill, on the page of a work order; an order that was approved as quoted shows one sum for all. */
export async function authorizationOn(page: Page): Promise<{ quoted: string | null; authorized: string; toBill: string }> {
  const whole = page.getByText(/^Authorized \$[\d,.]+ before supplies and tax\.$/);
  const term = (name: string) =>
    page
      .getByRole("term")
      .filter({ hasText: new RegExp(`^${name}$`) })
      .locator("xpath=following-sibling::dd[1]");
  await whole.or(term("To bill")).waitFor();
  if ((await whole.count()) > 0) {
    const sum = MONEY.exec((await whole.textContent()) ?? "")?.[0] ?? "";
    return { quoted: null, authorized: sum, toBill: sum };
  }
  const [quoted, authorized, toBill] = await Promise.all(["Quoted", "Authorized", "To bill"].map(async (name) => (await term(name).textContent()) ?? ""));
  return { quoted: quoted ?? "", authorized: authorized ?? "", toBill: toBill ?? "" };
}

/** The prices in a table or list of lines, by the line's description. */
export async function pricesIn(rows: Locator): Promise<Record<string, string>> {
  const read = await rows.evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText));
  return Object.fromEntries(
    read.flatMap((text) => {
      const price = text.match(/\$[\d,]+\.\d\d/g)?.at(-1);
      return price ? [[text.split(/[\n\t]/)[0]?.trim() ?? "", price]] : [];
    }),
  );
}

/** The text of the PDF behind a link, in one line. */
export async function pdfBehind(link: Locator): Promise<string> {
  const answer = await link.page().request.get((await link.getAttribute("href")) ?? "");
  if (answer.status() !== 200) throw new Error(`the PDF was answered ${answer.status()}: ${await answer.text()}`);
  const { text } = await extractText(new Uint8Array(await answer.body()), { mergePages: true });
  return text.replace(/\s+/g, " ");
}

export const cents = (sum: string | undefined): number => Math.round(Number(sum?.replace(/[$,]/g, "")) * 100);
