import { eq } from "drizzle-orm";
import { mailerOf } from "~/modules/notifications/mailer.server";
import { mailDeliveries, mailReports, mails, staffNotices } from "~/modules/notifications/notification.tables";
import type { MailTemplate } from "~/modules/notifications/notification-table";
import { mailTurns } from "./mail-turns";
import { createWorld } from "./world";

/** A shop that sends mails, and what is known of them. */
export async function posted() {
  const world = await createWorld();
  const shop = await world.shop();
  const { clock, settings } = world.context.platform;
  const { db } = world.dispatcher(shop.id);
  let count = 0;
  const address = (name: string) => `${name}+${shop.id.slice(-8)}@fleet.test`;
  return {
    world,
    shop,
    address,
    send: (to: string, template: MailTemplate = "staff-digest") =>
      mailerOf({ db, clock, settings, turns: mailTurns() }).send({
        key: `mail.test:${++count}:${to}`,
        template,
        from: "Shop",
        to,
        subject: `Mail ${count}`,
        html: "<p>x</p>",
        text: "x",
      }),
    async states(to: string) {
      const { state, reason } = mailDeliveries;
      const rows = await db.query({
        from: mails,
        join: [[mailDeliveries, eq(mailDeliveries.tag, mails.tag)]],
        columns: { subject: mails.subject, state, reason },
        where: eq(mails.recipient, to),
        orderBy: [mails.key],
        limit: 9,
      });
      return rows.map((row) => `${row.state} ${row.reason ?? ""}`.trim());
    },
    notices: async () =>
      (await db.query({ from: staffNotices, columns: { title: staffNotices.title }, orderBy: [staffNotices.at], limit: 9 })).map(({ title }) => title),
    reports: () => db.query({ from: mailReports, columns: { id: mailReports.id }, limit: 99 }),
  };
}
