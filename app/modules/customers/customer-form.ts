import { type Cents, parseMoney } from "~/kernel/money";
import { err, ok, type Result } from "~/kernel/result";
import { MOST_AN_HOUR } from "~/modules/organizations/shop-rules/shop-rules";
import { type Email, parseEmail } from "~/modules/people/email";

/** What a form says about a customer, as it was typed. */
export type CustomerForm = { name: string; email: string; phone: string; laborRate: string; taxCertificate: string; shares: boolean };
export type CustomerFacts = {
  name: string;
  email: Email | null;
  phone: string | null;
  /** Per hour, where another rate than the shop's was agreed on. */
  laborRate: Cents | null;
  /** The certificate that frees it from tax. */
  taxCertificate: string | null;
  sharesPositions: boolean;
};

/** Reads a customer's form, or says by field what is wrong with it. */
export function checkCustomer(form: CustomerForm): Result<CustomerFacts, Record<string, string>> {
  const fields: Record<string, string> = {};
  const short = (name: "name" | "phone" | "taxCertificate", most: number): string => {
    const value = form[name].trim();
    if (value.length > most) fields[name] = `Keep it under ${most} signs.`;
    return value;
  };
  const [name, phone, taxCertificate] = [short("name", 80), short("phone", 40), short("taxCertificate", 60)];
  if (name === "") fields.name = "Type the customer's name.";
  const email = form.email.trim() === "" ? null : parseEmail(form.email);
  if (form.email.trim() !== "" && email === null) fields.email = "That is not an email address.";
  const laborRate = form.laborRate.trim() === "" ? null : parseMoney(form.laborRate);
  if (form.laborRate.trim() !== "" && (laborRate === null || laborRate < 0 || laborRate > MOST_AN_HOUR))
    fields.laborRate = "A rate is an amount an hour, such as 135.00.";
  if (Object.keys(fields).length > 0) return err(fields);
  return ok({ name, email, phone: phone || null, laborRate, taxCertificate: taxCertificate || null, sharesPositions: form.shares });
}
