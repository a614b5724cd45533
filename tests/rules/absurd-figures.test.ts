import { expect, test } from "vitest";
import * as z from "zod";
import { newId } from "~/kernel/ids";
import { type BasisPoints, toBasisPoints, toCents } from "~/kernel/money";
import { checkCustomer } from "~/modules/customers/customer-form";
import { answerFields } from "~/modules/estimates/decisions/answer-form";
import { headFields } from "~/modules/estimates/head-form";
import { coreFields, moneyFields } from "~/modules/invoices/receivables/ledger-form";
import { chargesOf, lineClasses } from "~/modules/organizations/shop-rules/charges";
import { rulesOf } from "~/modules/organizations/shop-rules/rates-form";
import { MOST_AN_HOUR } from "~/modules/organizations/shop-rules/shop-rules";
import { assignmentFields } from "~/modules/vendor-jobs/assignment/assignment-form";
import { linesTotal } from "~/modules/vendor-jobs/invoicing/vendor-charges";
import { chargeField, readCharges, TAX, typedTotal as typedCharge } from "~/modules/vendor-jobs/invoicing/vendor-charges-form";
import { priceWith } from "~/modules/vendor-jobs/vendor-job";
import { checkVendor, noTerms } from "~/modules/vendors/vendor";
import { jobFrom } from "~/modules/work-orders/canned-jobs/canned-job";
import { charged, costOf, fitsALine } from "~/modules/work-orders/jobs/job";
import { lineField, readJobForm, type TypedLine, typedTotal } from "~/modules/work-orders/jobs/job-form";
import { atTodaysPrice } from "~/modules/work-orders/lines/current-price";

/** What no shop means, and what is a number to some reader or other. */
const absurd = ["9999999999.99", "-9999999999.99", "999999.999", "-999999.999", "9".repeat(400), "1e308", "Infinity", "NaN", "0x1F", "٣", ".", "-", "1,,0", ""];
const ordinary = ["2", "145.00"];
const figures = [...absurd, ...ordinary];
const markups = [{ upTo: null, markup: 99_900 as BasisPoints }];
const tax = Object.fromEntries(lineClasses.map((of) => [of, toBasisPoints(10_000)])) as Record<(typeof lineClasses)[number], BasisPoints>;
const rules = { tax, supplies: { kind: "share", of: "both", rate: toBasisPoints(10_000), most: null, taxed: true } } as const;

test("a job's lines are a field error or sums that can be kept, while they are typed and in an order full of them", () => {
  for (const kind of ["labor", "part"] as const)
    for (const quantity of figures)
      for (const each of figures)
        for (const [cost, discount] of [...figures.map((figure) => [figure, ""]), ...figures.map((figure) => ["", figure])]) {
          const row: TypedLine = {
            id: newId("line"),
            kind,
            text: "Hose",
            partNumber: "",
            quantity,
            each,
            discount: discount ?? "",
            cost: cost ?? "",
            supplies: true,
            safety: false,
            option: "",
            of: "",
          };
          expect(Number.isSafeInteger(typedTotal(row, markups) ?? 0)).toBe(true);
          const typed = Object.fromEntries(Object.entries({ ...row, supplies: "on" }).map(([field, value]) => [lineField(0, field as keyof TypedLine), value])); // a row's own keys
          const read = readJobForm({ ...typed, complaint: "Leaks" }, [], markups);
          if (!read.ok) {
            expect(Object.keys(read.fields).every((field) => field.startsWith("line-0-"))).toBe(true);
            continue;
          }
          const order = Array.from({ length: 100 }, () => read.job.lines).flat();
          expect(Number.isSafeInteger(chargesOf(order.map(charged), rules, false).total)).toBe(true);
          for (const line of order) costOf(line);
          const repriced = order.map((line) => atTodaysPrice(line, [[{ name: "Shop", perHour: MOST_AN_HOUR }], [{ name: "Shop", perHour: line.each }]]));
          expect(repriced.every(({ each, quantity: count }) => fitsALine(each, count))).toBe(true);
          expect(Number.isSafeInteger(chargesOf(repriced.map(charged), rules, false).total)).toBe(true);
          const canned = { id: newId("cannedJob"), name: "Hose", complaint: "", correction: "", vmrs: null, options: null, lines: read.job.lines, version: 1 };
          expect(Number.isSafeInteger(chargesOf(jobFrom(canned, newId("job"), MOST_AN_HOUR).lines.map(charged), rules, false).total)).toBe(true);
        }
});

test("a vendor's charges too, with their tax and the shop's markup", () => {
  for (const quantity of figures)
    for (const each of figures)
      for (const sum of figures) {
        const row = { kind: "part", text: "Hose", quantity, each };
        expect(Number.isSafeInteger(typedCharge(row) ?? 0)).toBe(true);
        const typed = Object.fromEntries(Object.entries(row).map(([field, value]) => [chargeField(0, field as keyof typeof row), value])); // a row's own keys
        const read = readCharges({ ...typed, [TAX]: sum });
        if (read.ok) priceWith(toCents(40 * linesTotal(read) + (read.tax ?? 0)), toBasisPoints(50_000));
        else expect(Object.keys(read.fields).length).toBeGreaterThan(0);
      }
});

test("rates, terms, limits, payments and cores take what can be kept and mark the rest", () => {
  const fields = z.object({
    ...moneyFields,
    core: coreFields.quantity,
    deposit: headFields.deposit,
    approvedUpTo: answerFields.notToExceed,
    sentUpTo: assignmentFields.notToExceed,
  });
  for (const figure of figures) {
    const typed = { amount: figure, core: figure, deposit: figure, approvedUpTo: figure, sentUpTo: figure };
    const read = fields.safeParse({ method: "cash", reference: "", day: "2030-03-01", ...typed });
    if (!read.success) for (const { path } of read.error.issues) expect(Object.keys(typed)).toContain(path[0]);

    const rated = rulesOf({
      rateName0: "Standard",
      ratePrice0: figure,
      markupUpTo0: figure,
      markup0: figure,
      suppliesKind: "flat",
      suppliesAmount: figure,
      "tax-labor": figure,
    });
    if (rated.ok) for (const { perHour } of rated.value.laborRates) expect(perHour).toBeLessThanOrEqual(MOST_AN_HOUR);
    const customer = checkCustomer({ name: "Northline", email: "", phone: "", laborRate: figure, taxCertificate: "", shares: false });
    if (customer.ok) expect(customer.value.laborRate ?? 0).toBeLessThanOrEqual(MOST_AN_HOUR);
    else expect(customer.error).toHaveProperty("laborRate");
    const terms = { ...noTerms, laborRate: figure, usualLimit: figure, monthlyBudget: figure };
    const vendor = checkVendor({ name: "Hose shop", phone: "", email: "", portalEnabled: false, ...terms }, "pro", false);
    if (!vendor.ok) expect(vendor.error.kind).toBe("not-an-amount");
  }
});
