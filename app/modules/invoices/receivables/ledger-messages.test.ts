import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents } from "~/kernel/money";
import { paymentMessage } from "./ledger-messages";

const money = (cents: number) => `$${(cents / 100).toFixed(2)}`;
const on = (number: number, applied: number, open: number) => ({ invoiceId: newId("invoice"), number, applied: toCents(applied), open: toCents(open) });
const message = (credit: number, ...invoices: ReturnType<typeof on>[]) => paymentMessage({ on: invoices, credit: toCents(credit) }, money);

test("a payment's message names what is open, what is paid in full and what became credit", () => {
  expect([
    message(0, on(1002, 371_79, 371_79)),
    message(0, on(1002, 371_79, 0)),
    message(30_00, on(1002, 371_79, 0)),
    message(50_00),
    message(0, on(1002, 100_00, 0), on(1003, 50_00, 0)),
    message(0, on(1002, 100_00, 0), on(1003, 50_00, 20_00)),
    message(10_00, on(1002, 100_00, 0), on(1003, 50_00, 0), on(1004, 1_00, 0)),
    paymentMessage(null, money),
  ]).toEqual([
    "Partial payment recorded. $371.79 is still open on INV-1002.",
    "Payment recorded. INV-1002 is paid in full.",
    "Payment recorded. INV-1002 is paid in full. $30.00 is customer credit.",
    "Payment recorded as customer credit.",
    "Payment recorded on 2 invoices. All are paid in full.",
    "Payment recorded on 2 invoices. 1 paid in full. $20.00 is still open on INV-1003.",
    "Payment recorded on 3 invoices. All are paid in full. $10.00 is customer credit.",
    "This payment is already recorded.",
  ]);
});
