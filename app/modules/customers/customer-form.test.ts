import fc from "fast-check";
import { expect, test } from "vitest";
import { type CustomerForm, checkCustomer } from "./customer-form";

const form = (change: Partial<CustomerForm> = {}): CustomerForm => ({
  name: "Northline",
  email: "",
  phone: "",
  laborRate: "",
  taxCertificate: "",
  shares: true,
  ...change,
});

test("reads typed values; empty means none", () => {
  expect(checkCustomer(form({ email: " Fleet@Northline.test ", laborRate: "$1,135.5", taxCertificate: "IN-552" }))).toEqual({
    ok: true,
    value: {
      name: "Northline",
      email: "fleet@northline.test",
      phone: null,
      address: null,
      taxId: null,
      laborRate: 113_550,
      taxCertificate: "IN-552",
      taxCertificateThrough: null,
      terms: null,
      creditLimit: null,
      creditHold: false,
      monthlyStatement: false,
      warning: null,
      sharesPositions: true,
      standingMost: null,
      needsPurchaseOrder: false,
      dailyInspections: false,
    },
  });
});

test("reads terms, credit, the certificate's last day and the warning", () => {
  const typed = {
    terms: "net-15",
    creditLimit: "5,000",
    creditHold: true,
    taxCertificate: "IN-1",
    taxCertificateThrough: "2030-02-28",
    warning: " Ask first ",
  };
  const read = { terms: "net-15", creditLimit: 5_000_00, creditHold: true, taxCertificateThrough: "2030-02-28", warning: "Ask first" };
  expect(checkCustomer(form(typed))).toMatchObject({ ok: true, value: read });
  expect(checkCustomer(form({ terms: "net-7" }))).toMatchObject({ ok: true, value: { terms: null } });
});

test.each([
  [{ name: " " }, "name"],
  [{ name: "x".repeat(81) }, "name"],
  [{ email: "nobody" }, "email"],
  [{ laborRate: "free" }, "laborRate"],
  [{ laborRate: "-1" }, "laborRate"],
  [{ phone: "1".repeat(41) }, "phone"],
  [{ address: "1\n2\n3\n4\n5\n6\n7" }, "address"],
  [{ taxId: "1".repeat(41) }, "taxId"],
  [{ creditLimit: "-5" }, "creditLimit"],
  [{ standingMost: "much" }, "standingMost"],
  [{ taxCertificate: "IN-1", taxCertificateThrough: "2030-02-31" }, "taxCertificateThrough"],
  [{ taxCertificateThrough: "2030-02-28" }, "taxCertificate"],
  [{ warning: "x".repeat(301) }, "warning"],
] as const)("refuses %j with a message", (change, field) => {
  expect(checkCustomer(form(change))).toEqual({ ok: false, error: { [field]: expect.stringMatching(/\w+ \w+/) } });
});

test("any input is read or refused, and never throws", () => {
  const text = fc.string({ maxLength: 100 });
  fc.assert(
    fc.property(fc.record({ name: text, email: text, phone: text, laborRate: text, taxCertificate: text, shares: fc.boolean() }), (typed) => {
      const checked = checkCustomer(typed);
      if (checked.ok) expect(checked.value.name).not.toBe("");
    }),
  );
});
