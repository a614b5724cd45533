import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { addContact, changeContact } from "~/modules/customers/contacts/change-contacts.server";
import { everything } from "~/modules/customers/contacts/contact-rights";
import { changeEstimate } from "~/modules/estimates/change-estimate.server";
import { draftEstimate, estimateShop, offered, partLine, sendEstimate, writtenOrder } from "../../../tests/world/estimates";
import { pagesOf } from "../../../tests/world/pages";
import { bringAll } from "../../../tests/world/resend";
import { readCustomerRecord } from "./customer-record.server";
import { splitByFault } from "./mail-history.server";
import { readRecordMails } from "./record-mails.server";

async function sentEstimate() {
  const its = await estimateShop();
  const { world, shop, staff, customer, asset, decider } = its;
  const bad = `bounced+${shop.id.slice(-8)}@fleet.test`;
  await addContact(staff, { customerId: customer.id, name: "Joan", email: bad });
  const joan = (await readCustomerRecord(staff.db, customer.id))?.contacts.find(({ name }) => name === "Joan")?.id ?? newId("contact");
  await changeContact(staff, { customerId: customer.id, contactId: joan, version: 1, name: "Joan", email: bad, rights: everything });
  const order = await writtenOrder(staff, asset, [{ lines: [partLine("Pads", 100_00)] }]);
  const id = await draftEstimate(
    staff,
    order.id,
    order.jobs.map((job) => offered(job)),
  );
  await sendEstimate(staff, id);
  await world.drainOutbox(shop);
  for (const to of [decider.email, bad]) await bringAll(world, to);
  const pages = await pagesOf(world.context);
  const { cookie } = await shop.session(shop.ownerEmail, "staff");
  return {
    ...its,
    id,
    bad,
    joan,
    mails: () => readRecordMails(staff.db, id, customer.id, "mayDecide"),
    /** The text of a page for staff. */
    async page(path: string) {
      const html = await (await pages(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } }))).text();
      return html
        .replace(/<script.*?<\/script>/gs, " ")
        .replace(/<[^>]+>/g, " ")
        .replaceAll("&#x27;", "'")
        .replace(/\s+/g, " ");
    },
    async sendAgain() {
      const again = await changeEstimate(staff, id, { intent: "send-again" });
      if (!again.ok) throw new Error(again.error.kind);
      await world.drainOutbox(shop);
    },
  };
}

test("an estimate lists its mails with what became of each, and warns of who lacks the latest until the address is another", async () => {
  const its = await sentEstimate();
  const { staff, customer, world } = its;
  const { mails, failing, others } = await its.mails();
  expect(mails.map(({ recipient, label }) => [recipient, label]).toSorted()).toEqual([
    [its.bad, "Bounced: the address doesn't exist or takes no mail"],
    [its.decider.email, "Delivered"],
  ]);
  expect({ failing: failing.map(({ name }) => name), others }).toEqual({ failing: ["Joan"], others: ["Renee"] });
  const shown = await its.page(paths.staff.estimate(its.id));
  expect(shown).toContain("The latest email didn't reach Joan");
  expect(shown).toContain("or reach Renee.");
  expect(shown).toContain("Bounced: the address doesn't exist or takes no mail");
  const contact = failing[0]?.href ?? "";
  expect(await its.page(contact)).toContain(`${its.bad} doesn't accept our email`);

  expect(await splitByFault(staff.db, [its.decider.email, its.bad.toUpperCase()])).toEqual({ reached: [its.decider.email], failing: [its.bad.toUpperCase()] });
  // Sent again, the address that bounced is left out.
  world.clock.pass(60_000);
  await its.sendAgain();
  expect((await world.mail(its.bad)).length).toBe(1);
  expect((await its.mails()).failing.map(({ label }) => label)).toEqual(["Not sent: earlier mail to this address failed"]);

  const now = `joan@${its.shop.id.slice(-8)}.test`;
  const moved = await changeContact(staff, { customerId: customer.id, contactId: its.joan, version: 2, name: "Joan", email: now, rights: everything });
  expect(moved.ok).toBe(true);
  expect(await its.mails()).toMatchObject({ failing: [], others: ["Renee", "Joan"] });
  expect(await its.page(paths.staff.estimate(its.id))).not.toContain("didn't reach");
  expect(await its.page(contact)).not.toContain("doesn't accept our email");
  world.clock.pass(60_000);
  await its.sendAgain();
  expect((await world.mail(now)).map(({ subject }) => subject)).toEqual([expect.stringContaining("E-1")]);
});

test("a customer's page lists what became of its mails; a mail without a report counts as sent", async () => {
  const its = await sentEstimate();
  const shown = await its.page(paths.staff.customer(its.customer.id));
  expect(shown).toContain("Delivered");
  expect(shown).toContain("Bounced");
  its.world.clock.pass(60_000);
  await its.sendAgain();
  const newest = (await its.mails()).mails.find(({ recipient }) => recipient === its.decider.email);
  expect(newest?.label).toBe("Sent");
});
