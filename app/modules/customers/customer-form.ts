import { type Cents, parseMoney } from "~/kernel/money";
import { type Terms, termNames } from "~/kernel/payment-terms";
import { err, ok, type Result } from "~/kernel/result";
import { readTextBlock } from "~/kernel/text-block";
import { startOfNamedDay } from "~/kernel/time";
import { MOST_AN_HOUR } from "~/modules/organizations/shop-rules/shop-rules";
import { type Email, parseEmail } from "~/modules/people/email";

const MOST_WARNING = 300;

/** A customer's form as typed. */
export type CustomerForm = {
  name: string;
  email: string;
  phone: string;
  address?: string;
  taxId?: string;
  laborRate: string;
  taxCertificate: string;
  taxCertificateThrough?: string;
  terms?: string;
  creditLimit?: string;
  creditHold?: boolean;
  monthlyStatement?: boolean;
  warning?: string;
  shares: boolean;
  standingMost?: string;
  needsPurchaseOrder?: boolean;
  dailyInspections?: boolean;
};
export type CustomerFacts = {
  name: string;
  email: Email | null;
  phone: string | null;
  /** Lines of the postal address. */
  address: string | null;
  taxId: string | null;
  /** Per hour, if a different rate than the shop's was agreed. */
  laborRate: Cents | null;
  /** Tax exemption certificate. */
  taxCertificate: string | null;
  /** Its last valid day. */
  taxCertificateThrough: string | null;
  /** When their invoices are due; null for the shop's usual terms. */
  terms: Terms | null;
  /** The most they may owe. */
  creditLimit: Cents | null;
  creditHold: boolean;
  monthlyStatement: boolean;
  /** Internal, shown wherever new work begins. */
  warning: string | null;
  sharesPositions: boolean;
  /** Total that they agree to without being asked; null for the shop's. */
  standingMost: Cents | null;
  needsPurchaseOrder: boolean;
  dailyInspections: boolean;
};

/** Reads a customer's form, or returns errors by field. */
export function checkCustomer(form: CustomerForm): Result<CustomerFacts, Record<string, string>> {
  const fields: Record<string, string> = {};
  const short = (name: "name" | "phone" | "taxCertificate" | "taxId", most: number): string => {
    const value = (form[name] ?? "").trim();
    if (value.length > most) fields[name] = `Use at most ${most} characters.`;
    return value;
  };
  const [name, phone, taxCertificate, taxId] = [short("name", 80), short("phone", 40), short("taxCertificate", 60), short("taxId", 40)];
  const address = readTextBlock(form.address ?? "");
  if (!address.ok) fields.address = address.error;
  if (name === "") fields.name = "Enter the customer's name.";
  const email = form.email.trim() === "" ? null : parseEmail(form.email);
  if (form.email.trim() !== "" && email === null) fields.email = "Enter a valid email address.";
  const laborRate = form.laborRate.trim() === "" ? null : parseMoney(form.laborRate);
  if (form.laborRate.trim() !== "" && (laborRate === null || laborRate < 0 || laborRate > MOST_AN_HOUR))
    fields.laborRate = "Enter an hourly rate such as 135.00.";
  const money = (name: "standingMost" | "creditLimit"): Cents | null => {
    const typed = (form[name] ?? "").trim();
    const amount = typed === "" ? null : parseMoney(typed);
    if (typed !== "" && (amount === null || amount < 0)) fields[name] = "Enter an amount such as 800.00, or leave it empty.";
    return amount;
  };
  const [standingMost, creditLimit] = [money("standingMost"), money("creditLimit")];
  const through = (form.taxCertificateThrough ?? "").trim();
  if (through !== "" && startOfNamedDay(through, "UTC") === null) fields.taxCertificateThrough = "Choose a date, or leave it empty.";
  else if (through !== "" && taxCertificate === "") fields.taxCertificate = "Enter the certificate that this date belongs to.";
  const warning = (form.warning ?? "").trim();
  if (warning.length > MOST_WARNING) fields.warning = `Use at most ${MOST_WARNING} characters.`;
  if (!address.ok || Object.keys(fields).length > 0) return err(fields);
  return ok({
    name,
    email,
    phone: phone || null,
    address: address.value,
    taxId: taxId || null,
    laborRate,
    taxCertificate: taxCertificate || null,
    taxCertificateThrough: through || null,
    terms: termNames.find((name) => name === form.terms) ?? null,
    creditLimit,
    creditHold: form.creditHold ?? false,
    monthlyStatement: form.monthlyStatement ?? false,
    warning: warning || null,
    sharesPositions: form.shares,
    standingMost,
    needsPurchaseOrder: form.needsPurchaseOrder ?? false,
    dailyInspections: form.dailyInspections ?? false,
  });
}
