import { eq } from "drizzle-orm";
import { extractText } from "unpdf";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { contacts } from "~/modules/customers/customer.tables";
import { outbox } from "~/platform/database/tenant.tables";
import { issuedInvoices } from "../../../../tests/world/invoices";
import { completedOrder } from "../../../../tests/world/orders";
import { closeInvoice } from "../close-invoice.server";
import { draftInvoice } from "../draft-invoice.server";

const voidMailsTo = async ({ world }: Awaited<ReturnType<typeof issuedInvoices>>, email: string) =>
  (await world.mail(email)).filter(({ subject }) => subject.includes("voided"));

test("who got an invoice is mailed once that it was voided, with the PDF marked void, and nobody else", async () => {
  const made = await issuedInvoices([50_00]);
  const { world, shop, staff, customer, invoices } = made;
  const [id] = invoices;
  if (!id) throw new Error("one was issued");
  // A contact who was added later never got the invoice.
  const later = `later@${shop.id.slice(-8)}.test`;
  await shop.db.batch([
    shop.db.insert(contacts, {
      id: newId("contact"),
      customerId: customer.id,
      name: "Books",
      email: customer.email,
      version: 1,
      createdAt: world.clock.now(),
    } as never),
    shop.db.insert(contacts, { id: newId("contact"), customerId: customer.id, name: "Later", email: later, version: 1, createdAt: world.clock.now() } as never),
  ]);
  expect((await closeInvoice(staff, id, { intent: "void", why: "Mistake of ours" })).ok).toBe(true);
  await fetch("http://resend.test/__faults", { method: "POST", body: JSON.stringify(["lost"]) });
  await world.drainOutbox(shop);
  world.clock.pass(60_000);
  await world.drainOutbox(shop);
  const mails = await voidMailsTo(made, customer.email);
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringMatching(/^Invoice INV-1 from Shop \d+ was voided; nothing to pay$/)]);
  expect(`${mails[0]?.text} ${mails[0]?.html}`).not.toContain("Mistake of ours");
  const [attached] = mails[0]?.attachments ?? [];
  expect(attached?.filename).toBe("INV-1.pdf");
  expect((await extractText(new Uint8Array(Buffer.from(attached?.content ?? "", "base64")))).text.join(" ")).toMatch(/VOID/);
  expect(await voidMailsTo(made, later)).toEqual([]);
});

test("an invoice that was voided before its mail left, and a discarded draft, are not mailed about", async () => {
  const made = await issuedInvoices([]);
  const { world, shop, staff, customer, asset } = made;
  const order = await completedOrder(staff, asset, []);
  const id = newId("invoice");
  await draftInvoice(staff, { id, customerId: customer.id, orders: [order] });
  expect((await closeInvoice(staff, id, { intent: "discard" })).ok).toBe(true);
  await world.drainOutbox(shop);
  expect(await voidMailsTo(made, customer.email)).toEqual([]);
  expect(await shop.db.query({ from: outbox, columns: { key: outbox.key }, where: eq(outbox.kind, "mail.invoice-voided"), limit: 9 })).toEqual([]);
});
