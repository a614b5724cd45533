import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { contrast, parseHex } from "~/kernel/contrast";
import { MailFrame, type MailSender, withPreview, withSettingsLink } from "./mail-frame";

const ORIGIN = "https://harbor.test";
const sender = (brandColor: string): MailSender => ({ id: "org_1", name: "Harbor Diesel", brandColor, logo: null, publicOrigin: ORIGIN, address: null });
const html = (path: string | null, brandColor = "#aa2211") =>
  renderToStaticMarkup(
    <MailFrame organization={sender(brandColor)} first="Estimate ready" button={path === null ? null : { href: ORIGIN + path, label: "Open" }}>
      text
    </MailFrame>,
  );

test("the button has the shop's color, made dark enough to be read", () => {
  expect(html("/portal/estimates/est_1")).toContain("background:#aa2211;color:#ffffff");
  const [, background = "", ink = ""] = /background:(#\w{6});color:(#\w{6});text-decoration/.exec(html("/portal/estimates/est_1", "#ffee00")) ?? [];
  expect(background).not.toBe("#ffee00");
  const [back, front] = [parseHex(background), parseHex(ink)];
  expect(back && front && contrast(back, front)).toBeGreaterThanOrEqual(4.5);
});

test.each([
  ["/portal/estimates/est_1", "/portal/settings"],
  ["/portal", "/portal/settings"],
  ["/estimates/est_1", "/settings/notifications"],
  ["/notices", "/settings/notifications"],
  ["/portal/sign-in/abc", null],
  ["/set-password/staff/abc", null],
  ["/vendor-portal/jobs/vjob_1", "/vendor-portal/sign-ins"],
  ["/driver-portal/sign-in/abc", null],
  ["/pay/abc", null],
  [null, null],
])("a mail whose button leads to %s has a link to the mail settings: %s", (path, settings) => {
  const mail = html(path);
  if (settings === null) expect(mail).not.toContain("Choose which emails");
  else expect(mail).toContain(`<a href="${ORIGIN}${settings}"`);
  expect(withSettingsLink({ html: mail, text: "Ready." })).toBe(settings === null ? "Ready." : `Ready.\n\nChoose which emails you get: ${ORIGIN}${settings}`);
});

test("a mail has a preheader first, and colors for dark screens", () => {
  const mail = html("/portal");
  expect(/<body[^>]*><div style="display:none[^"]*">([^<]+)</.exec(mail)?.[1]).toBe("Estimate ready");
  expect(mail).toContain('<meta name="color-scheme" content="light dark"/>');
  expect(/<style>(.*)<\/style>/.exec(mail)?.[1]).toContain("prefers-color-scheme: dark");
});

const previewOf = (subject: string, text: string) => /display:none[^>]*>([^<]*)</.exec(withPreview(html("/jobs/1"), { subject, text }))?.[1];

test("a list of mails shows after the subject what the subject doesn't have", () => {
  expect(
    previewOf("New message from Gearworks (V-1)", 'New message from Gearworks\n\nV-1, unit 104\n\n"The case is <cracked>."\n\nRead: https://harbor.test/1'),
  ).toBe('V-1, unit 104 "The case is &#60;cracked&#62;."');
  expect(previewOf("Estimate ready", "Estimate ready\n\nOpen: https://harbor.test/1\n\nStop emails")).toBe("Estimate ready");
  expect(previewOf("Costs", `$1 $& ${"long ".repeat(60)}`)?.slice(0, 11)).toBe("$1 $&#38; l");
});

test("dark colors leave the shop's color on top", () => {
  expect(html("/portal")).not.toMatch(/\.card \{[^}]*border-color/);
  expect(html("/portal")).toContain("border-top:4px solid #aa2211");
});
