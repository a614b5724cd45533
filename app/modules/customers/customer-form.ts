import { type Cents, parseMoney } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { readTextBlock } from "~/kernel/text-block";
import { MOST_AN_HOUR } from "~/modules/organizations/shop-rules/shop-rules";
import { type Email, parseEmail } from "~/modules/people/email";

/** A customer's form as typed. */
export type CustomerForm = {
  name: string;
  email: string;
  phone: string;
  address?: string;
  taxId?: string;
  laborRate: string;
  taxCertificate: string;
  shares: boolean;
  standingMost?: string;
  needsPurchaseOrder?: boolean;
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
  sharesPositions: boolean;
  /** Total that they agree to without being asked; null for the shop's. */
  standingMost: Cents | null;
  needsPurchaseOrder: boolean;
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
  const most = (form.standingMost ?? "").trim();
  const standingMost = most === "" ? null : parseMoney(most);
  if (most !== "" && (standingMost === null || standingMost < 0)) fields.standingMost = "Enter an amount such as 800.00, or leave it empty.";
  if (!address.ok || Object.keys(fields).length > 0) return err(fields);
  return ok({
    name,
    email,
    phone: phone || null,
    address: address.value,
    taxId: taxId || null,
    laborRate,
    taxCertificate: taxCertificate || null,
    sharesPositions: form.shares,
    standingMost,
    needsPurchaseOrder: form.needsPurchaseOrder ?? false,
  });
}
