import { expect, test } from "vitest";
import { toCents } from "~/kernel/money";
import { certificateGap, creditMessage, creditProblem, isCertificateExpired } from "./credit";

const money = (cents: number) => `$${cents / 100}`;

test("a customer is over its limit from the first cent above it; without a limit it never is", () => {
  const limited = { creditLimit: toCents(1_000_00), creditHold: false };
  expect(creditProblem(limited, toCents(1_000_00))).toBeNull();
  const problem = creditProblem(limited, toCents(1_000_01));
  expect(problem).toEqual({ kind: "over-limit", limit: 1_000_00, by: 1 });
  expect(problem && creditMessage(problem, money)).toBe("Over its credit limit of $1000 by $0.01.");
  expect(creditProblem({ creditLimit: null, creditHold: false }, toCents(9_999_999_00))).toBeNull();
});

test("a hold counts at any balance", () => {
  expect(creditProblem({ creditLimit: null, creditHold: true }, toCents(0))).toEqual({ kind: "hold" });
});

test("a limit of zero is no credit at all", () => {
  expect(creditProblem({ creditLimit: toCents(0), creditHold: false }, toCents(1))).toMatchObject({ kind: "over-limit" });
});

test("a tax certificate counts through its last day", () => {
  const certificate = { taxCertificate: "IN-1", taxCertificateThrough: "2030-03-01" };
  expect(isCertificateExpired(certificate, "2030-03-01")).toBe(false);
  expect(isCertificateExpired(certificate, "2030-03-02")).toBe(true);
  expect(isCertificateExpired({ ...certificate, taxCertificateThrough: null }, "2099-01-01")).toBe(false);
  expect(isCertificateExpired({ ...certificate, taxCertificate: null }, "2099-01-01")).toBe(false);
});

test("an expired certificate is renewed or removed before a document without tax goes out", () => {
  const customer = { customer: "Northline", taxCertificate: "IN-1", taxCertificateThrough: "2030-03-01" };
  expect(certificateGap(customer, "2030-03-01", (day) => day)).toBeNull();
  expect(certificateGap(customer, "2030-03-02", (day) => day)).toBe(
    "The tax exemption certificate of Northline expired on 2030-03-01. Enter the new one on the customer, or remove it to charge tax.",
  );
});
