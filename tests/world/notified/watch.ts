import { expect } from "vitest";
import { MINUTE } from "~/kernel/time";
import { effectKeyOf } from "~/modules/notifications/mail";
import { mails, staffNotices } from "~/modules/notifications/notification.tables";
import { type NotificationRow, rowOfMail } from "~/modules/notifications/notification-table";
import { outbox } from "~/platform/database/tenant.tables";
import type { CaughtMail } from "~/platform/http/mailbox.server";
import type { Letter } from "./letter";
import { type NotificationName, nameOf, notifications } from "./notification-name";
import type { Stage } from "./stage";

/** What one thing must be. `title` is its notice's and its push's, where it isn't the subject. */
export type Wording = { subject: RegExp; text: readonly RegExp[]; path: RegExp | null; title?: RegExp; attached?: RegExp };
export type Wordings = Readonly<Record<NotificationName, Wording>>;

/** Something that happens, and what of the table it must cause. */
export type Step = {
  happens: () => Promise<unknown>;
  causes: readonly NotificationName[];
  /** Staff responsible for the record; by default its author, the owner. */
  responsible?: readonly string[];
  /** Who the mail is for, where the table has one person: who asked, was invited, or decided. */
  person?: string;
  /** The contacts among those of the row whom this asks: within their limit, or the backup. */
  contacts?: readonly string[];
  /** Drivers who have the unit, but for the one who reported. */
  drivers?: readonly string[];
};
type Came = { what: "mail" | "notice" | "push"; name: NotificationName; who: string; subject: string; path: string | null; text: string; mail?: CaughtMail };

const OFFICE = ["owner", "mara", "ned"];
const BY_RIGHT: Readonly<Record<string, readonly string[]>> = {
  decide: ["renee", "lou"],
  documents: ["renee", "lou", "bea"],
  none: ["renee", "lou", "bea", "cal"],
};
const line = ({ what, name, who }: Pick<Came, "what" | "name" | "who">) => `${what} to ${who}: ${name}`;

const letterOf = ({ subject, html, text, attachments }: CaughtMail): Letter => ({ subject, html, text, attached: attachments.map(({ filename }) => filename) });

/** Plays steps on a stage, and checks after each that just what the table names came, to just those people, and once. */
export function watching(it: Stage, wordings: Wordings, happened: Map<NotificationName, Letter | null>) {
  const { world, shop } = it;
  const known = { mails: new Set<string>(), taken: 0, notices: new Set<string>(), pushes: new Map<string, number>(), done: new Set<string>() };

  function recipientsOf(row: NotificationRow, { responsible = ["owner"], person, contacts, drivers = [] }: Step): readonly string[] {
    switch (row.to) {
      case "responsible":
        return responsible;
      case "money":
        return OFFICE;
      case "contacts":
      case "payers":
        return contacts ?? BY_RIGHT[row.right ?? "none"] ?? [];
      case "vendor":
        return row.always ? ["vic", "val", "vera"] : ["vic", "val"];
      case "drivers":
        return drivers;
      case "decider":
      case "person":
        return person ? [person] : [];
    }
  }

  /** What the table promises of a step. */
  function promised(step: Step): string[] {
    return step.causes.flatMap((name) => {
      const { row, what } = notifications.get(name) ?? expect.fail(`the table has no ${name}`);
      const people = recipientsOf(row, step);
      if (what === "push") return people.map((who) => line({ what: "push", name, who }));
      if (row.usual === undefined) return people.map((who) => line({ what: "mail", name, who }));
      return people.flatMap((who) => {
        const way = it.wayOf(who) ?? row.usual;
        if (way === "never") return [];
        const pushed = row.push === "on" && it.browsers.has(who) && who !== "mara";
        return [
          line({ what: "notice", name, who }),
          ...(way === "now" && what !== "notice" ? [line({ what: "mail", name, who })] : []),
          ...(pushed ? [line({ what: "push", name, who })] : []),
        ];
      });
    });
  }

  const nameWho = (email: string) => it.people.find((one) => one.email === email);

  async function came(step: Step): Promise<Came[]> {
    const { directory } = world.context.platform;
    const members = new Map((await directory.staffOf(shop.id)).map(({ id, email }) => [id, nameWho(email)?.name ?? email]));
    const kinds = new Map(
      (await shop.db.query({ from: outbox, columns: { key: outbox.key, kind: outbox.kind }, limit: 5_000 })).map(({ key, kind }) => [key, kind]),
    );
    const columns = {
      key: staffNotices.key,
      membershipId: staffNotices.membershipId,
      event: staffNotices.event,
      title: staffNotices.title,
      href: staffNotices.href,
    };
    const notices = (await shop.db.query({ from: staffNotices, columns, limit: 5_000 }))
      .map((one) => ({ ...one, who: members.get(one.membershipId) ?? one.membershipId }))
      .filter(({ who, key }) => !known.notices.has(`${who} ${key}`));
    for (const { who, key } of notices) known.notices.add(`${who} ${key}`);
    // A notice has the name of its event's mail, where the event has one.
    const nameOfNotice = (event: string, key: string) =>
      step.causes.find((name) => name.startsWith(`staff ${event}:`)) ?? nameOf("staff", event, "?", kinds.get(key) ?? key);
    const found: Came[] = notices.map(({ who, key, event, title, href }) => ({
      what: "notice",
      name: nameOfNotice(event, key),
      who,
      subject: title,
      path: href,
      text: "",
    }));

    const noted = (
      await shop.db.query({ from: mails, columns: { key: mails.key, template: mails.template, to: mails.recipient, id: mails.providerId }, limit: 5_000 })
    ).filter(({ key }) => !known.mails.has(key));
    const taken = (await (await fetch(`http://resend.test/__taken?after=${known.taken}`)).json()) as { n: number; id: string; to: string }[];
    known.taken = taken.at(-1)?.n ?? known.taken;
    const ids = new Set(taken.map(({ id }) => id));
    for (const to of new Set(taken.map((one) => one.to))) {
      // Mails of other tests.
      if (!nameWho(to) && !noted.some((one) => one.to === to)) continue;
      for (const mail of (await world.mail(to)).filter(({ id }) => ids.has(id))) {
        const note = noted.find(({ id }) => id === mail.id) ?? expect.fail(`a mail to ${to} that was not noted: ${mail.subject}`);
        known.mails.add(note.key);
        const { name: who = to, audience = "staff" } = nameWho(to) ?? {};
        const effect = effectKeyOf(note).replace(/:customer$/, "");
        const event = notices.find((one) => one.key === effect && one.who === who)?.event ?? rowOfMail(audience, note.template)?.event ?? "of no row";
        found.push({
          what: "mail",
          name: nameOf(audience, event, note.template, kinds.get(effect) ?? effect),
          who,
          subject: mail.subject,
          path: null,
          text: mail.text,
          mail,
        });
      }
    }
    for (const [who, browser] of it.browsers) {
      const shown = await browser.shown();
      for (const { title, body, path } of shown.slice(known.pushes.get(who) ?? 0)) {
        const notice = found.find((one) => one.what === "notice" && one.who === who && one.subject === title);
        const name = notice?.name ?? step.causes.find((one) => notifications.get(one)?.what === "push") ?? nameOf("?", "?", "push", title);
        found.push({ what: "push", name, who, subject: title, path, text: body });
      }
      known.pushes.set(who, shown.length);
    }
    return found;
  }

  function isAsWritten(one: Came): void {
    const wording = wordings[one.name];
    const about = line(one);
    expect(one.subject, about).toMatch(one.what === "mail" ? wording.subject : (wording.title ?? wording.subject));
    if (one.path !== null && wording.path) expect(one.path, about).toMatch(wording.path);
    const row = notifications.get(one.name)?.row;
    if (one.mail && row) isMailAsWritten(one.mail, wording, row, about);
    if (one.what === "push" && row?.audience === "driver") for (const part of wording.text) expect(one.text, about).toMatch(part);
  }

  function isMailAsWritten(mail: CaughtMail, wording: Wording, row: NotificationRow, about: string): void {
    for (const part of wording.text) expect(mail.text, about).toMatch(part);
    const links = [...mail.html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => (href ?? "").replaceAll("&amp;", "&"));
    const [button] = links;
    if (wording.path) {
      // The button is the first link, and the plain text has the same.
      expect(button?.startsWith(`http://${shop.host}`), `${about}: ${button}`).toBe(true);
      expect(button?.slice(`http://${shop.host}`.length), about).toMatch(wording.path);
      expect(mail.text, about).toContain(button);
    }
    // Neither a link nor a code is in what lists and lock screens show.
    expect(mail.subject, about).not.toMatch(/https?:|\b\d{6}\b|[\w-]{32,}/);
    const preview = /<div style="display:none[^"]*">([^<]+)<\/div>/.exec(mail.html)?.[1];
    expect(preview, `${about}: what a list shows after the subject`).toBeTruthy();
    expect(mail.subject, about).not.toBe(preview);
    expect(Object.hasOwn(mail.headers ?? {}, "List-Unsubscribe"), `${about}: can be switched off by one click`).toBe(!row.always);
    expect(mail.headers?.["Auto-Submitted"], about).toBe("auto-generated");
    expect(mail.attachments.map(({ filename }) => filename).join(), about).toMatch(wording.attached ?? /^$/);
  }

  /** Hands out once more whatever mailed or notified in this step: nothing may come of it. */
  async function repeat(): Promise<void> {
    const rows = (
      await shop.db.query({
        from: outbox,
        columns: { key: outbox.key, kind: outbox.kind, body: outbox.body, doneAt: outbox.doneAt, createdAt: outbox.createdAt },
        limit: 5_000,
      })
    ).filter(({ key, kind, doneAt }) => doneAt !== null && !known.done.has(key) && /^(?:mail|delivery)\./.test(kind));
    const dispatcher = world.dispatcher(shop.id);
    for (const { key, kind, body, createdAt } of rows) {
      known.done.add(key);
      await dispatcher.handlerOf(kind)?.handle(key, body, createdAt);
    }
  }

  /** What led up to the next step is not looked at. */
  async function ignore(): Promise<void> {
    await world.drainOutbox(shop);
    await came({ happens: async () => {}, causes: [] });
    await repeat();
    await world.drainOutbox(shop);
    await it.page.soFar();
    world.clock.pass(6 * MINUTE);
  }

  async function play(step: Step): Promise<void> {
    const ringsBefore = await it.page.soFar();
    expect(ringsBefore.filter(({ kind }) => kind === "notice")).toEqual([]);
    await step.happens();
    await world.drainOutbox(shop);
    const seen = await came(step);
    const sorted = (lines: readonly string[]) => lines.toSorted();
    expect(sorted(seen.map(line))).toEqual(sorted(promised(step)));
    const isLive = (await it.page.soFar()).some(({ kind }) => kind === "notice");
    expect(isLive, "open pages count a notice at once").toBe(seen.some(({ what }) => what === "notice"));
    for (const one of seen) isAsWritten(one);
    for (const name of step.causes) {
      const mail = seen.find((one) => one.name === name && one.mail)?.mail;
      if (!happened.get(name)) happened.set(name, mail ? letterOf(mail) : null);
    }
    await repeat();
    await world.drainOutbox(shop);
    await it.page.soFar();
    expect((await came(step)).map(line), "what is handed out again causes nothing").toEqual([]);
    // Steps are minutes apart, so that none joins the group of another.
    world.clock.pass(6 * MINUTE);
  }
  return { play, ignore };
}
export type Play = ReturnType<typeof watching>;
