import fc from "fast-check";
import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { isAutomatic, readReceivedEvent, senderOf } from "./received-mail";
import { readReplyAddress, replyAddress } from "./reply-address";
import { asMessages, writtenText } from "./reply-text";

const org = newId("organization");
const tag = "0123456789abcdef0123456789abcdef";

test("an address for replies is read back in any case and beside other recipients, and fits what RFC 5321 allows", () => {
  const address = replyAddress("reply.shop.test", org, tag);
  expect(address.split("@")[0]?.length).toBeLessThanOrEqual(64);
  for (const to of [address, address.toUpperCase(), `"Shop" <${address}>`])
    expect(readReplyAddress("Reply.shop.test", ["a@b.test", to])).toEqual({ organizationId: org, tag });
  for (const to of [`x${address}`, address.replace(tag, tag.slice(1)), address.replace("shop", "other"), `${address}.test`, "", "r@reply.shop.test"])
    expect(readReplyAddress("reply.shop.test", [to])).toBeNull();
});

const QUOTE = "On Thu, Dec 3, 2026 at 9:12 AM Harbor Diesel <r0@reply.shop.test> wrote:";
test.each([
  ["Please do it.\r\n\r\n> Estimate 12\r\n> $400", "Please do it."],
  [`Yes, go ahead.\n\n${QUOTE}\n\n> Estimate 12\n> Unit 7`, "Yes, go ahead."],
  ["Yes.\n\nOn Thu, Dec 3, 2026 at 9:12 AM Harbor Diesel Truck Repair\n<r0@reply.shop.test> wrote:\n\n> Estimate", "Yes."],
  ["Sí.\n\nEl jue, 3 dic 2026 a las 9:12, Harbor Diesel (<r0@reply.shop.test>) escribió:\n\n> Estimate", "Sí."],
  [`See below.\n\n${QUOTE}\n> Replace the drums?\nYes.\n> And the shoes?\nNo.`, "See below.\n\nYes.\nNo."],
  ["Do it.\n\n________________________________\nFrom: Harbor Diesel <r0@reply.shop.test>\nSent: Thursday\nTo: Pat\nSubject: Estimate\n\nEstimate 12", "Do it."],
  ["From: the yard, not the terminal.\nIt pulls left.", "From: the yard, not the terminal.\nIt pulls left."],
  ["On Monday it was fine.\nOn Tuesday the driver wrote it up.", "On Monday it was fine.\nOn Tuesday the driver wrote it up."],
  ["OK\n-- \nPat Ames\nNorthline", "OK"],
  ["OK\n\nSent from my iPhone", "OK"],
  ["> all of it is quoted", "> all of it is quoted"],
  ["", ""],
])("of %j a person wrote %j", (text, written) => {
  expect(writtenText({ text, html: null })).toBe(written);
});

test("a mail without text is read from its HTML, without what it quotes", () => {
  const html = "<head><style>p{}</style></head><div>Yes &amp; no.<br>Call &lt;me&gt;.</div><blockquote><div>Estimate</div></blockquote>";
  expect(writtenText({ text: null, html })).toBe("Yes & no.\nCall <me>.");
});

test("any text is read, in time that grows with its length, and none of what is written comes twice", () => {
  fc.assert(fc.property(fc.string({ maxLength: 3_000 }), fc.string({ maxLength: 500 }), (text, html) => void writtenText({ text, html })));
  for (const hostile of ["On ".repeat(33_000), "<".repeat(100_000), "On a\n".repeat(20_000), "From: \n".repeat(14_000), " ".repeat(100_000)])
    expect(writtenText({ text: hostile, html: null }).length).toBeLessThanOrEqual(100_000);
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 30 }).filter((word) => !/\s/.test(word)),
        { maxLength: 700 },
      ),
      (parts) => {
        const messages = asMessages(parts.join(" "));
        expect(messages.every(({ length }) => length > 0 && length <= 2_000)).toBe(true);
        if (messages.length < 5) expect(messages.join(" ")).toBe(parts.join(" "));
      },
    ),
  );
});

test.each([
  ["Pat Ames <Pat@Fleet.test>", { name: "Pat Ames", email: "pat@fleet.test" }],
  ['"Ames, Pat" <pat@fleet.test>', { name: "Ames, Pat", email: "pat@fleet.test" }],
  ["pat@fleet.test", { name: "", email: "pat@fleet.test" }],
  ["<pat@fleet.test>", { name: "", email: "pat@fleet.test" }],
])("%s is %j", (from, sender) => {
  expect(senderOf({ from })).toEqual(sender);
});

test("what a program wrote is known by its headers", () => {
  const by = (headers: Record<string, string> | null, from = "pat@fleet.test") => isAutomatic({ headers, from });
  expect([by(null), by({ "Auto-Submitted": "no" }), by({ Precedence: "first-class" })]).toEqual([false, false, false]);
  const automatic: Record<string, string>[] = [{ "Auto-Submitted": "auto-replied" }, { precedence: "Bulk" }, { "X-Autoreply": "yes" }, { "Return-Path": "<>" }];
  for (const headers of automatic) expect(by(headers)).toBe(true);
  expect(by(null, "MAILER-DAEMON@fleet.test")).toBe(true);
});

test("only the event of a mail that came in is read, whatever else comes", () => {
  fc.assert(fc.property(fc.string(), (raw) => readReceivedEvent(raw) === null));
  const event = (data: object) => JSON.stringify({ type: "email.received", data: { email_id: "4ef9a417", to: ["a@b.test"], ...data } });
  expect(readReceivedEvent(event({}))).toEqual({ emailId: "4ef9a417", recipients: ["a@b.test"] });
  expect(readReceivedEvent(event({ email_id: "../domains" }))).toBeNull();
  expect(readReceivedEvent(event({}).replace("received", "sent"))).toBeNull();
});
