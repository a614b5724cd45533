import type { BrowserContext, Page } from "playwright-core";
import { demo } from "./settings.ts";

// How people come in, by the forms they use and the names that CONTRACT fixes. For browser tests and pictures.

export async function submitPassword(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(demo.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => !/sign-in|login/.test(url.pathname));
}

/** Posts the password sign-in form, for tests that need a session and not the form. */
export async function postPassword(context: BrowserContext, at: string, signInPath: string, email: string): Promise<void> {
  const form = { email, password: demo.password };
  const answer = await context.request.post(new URL(signInPath, at).href, { form, headers: { Origin: at }, maxRedirects: 0 });
  if (answer.status() !== 302) throw new Error(`${email} was answered ${answer.status()} at ${signInPath}`);
}

export async function submitLinkSignIn(page: Page, email: string): Promise<void> {
  const { link } = await askForMail(page, email);
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => !/sign-in/.test(url.pathname));
}

export type Mail = { id: string; to: string; subject: string; text: string; html: string; sentAt: string };

/** Asks for a link on the sign-in page shown, and waits for the mail. The link leads to the host that the page is on. */
export async function askForMail(page: Page, email: string): Promise<{ link: string; code: string; mail: Mail }> {
  const known = new Set((await mailsTo(page, email)).map(({ id }) => id));
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Email me a link" }).click();
  await page.getByLabel("6-digit code").waitFor();
  // Other mail may come in the same moment: an estimate, an invoice.
  const link = /https?:\/\/\S+\/sign-in\/\S+/;
  const mail = await eventually(
    async () => (await mailsTo(page, email)).find(({ id, text }) => !known.has(id) && link.test(text)),
    `a sign-in mail to ${email}`,
  );
  const mailed = link.exec(mail.text)?.[0];
  const code = /\b(\d{3} ?\d{3})\b/.exec(mail.text.replace(mailed ?? "", ""))?.[1];
  if (!mailed || !code) throw new Error(`no link and code in this mail:\n${mail.text}`);
  return { link: new URL(new URL(mailed).pathname, page.url()).href, code: code.replace(" ", ""), mail };
}

export const mailsTo = (page: Page, email: string): Promise<Mail[]> => mailsAt(page.url(), email);

/** By 127.0.0.1, since only browsers find *.localhost. */
export async function mailsAt(address: string, email: string): Promise<Mail[]> {
  const { port } = new URL(address);
  const answer = await fetch(`http://127.0.0.1:${port}/dev/mailbox.json?to=${encodeURIComponent(email)}`);
  return (await answer.json()) as Mail[]; // CONTRACT: the mailbox's own shape
}

/** Waits for what another process does. */
export async function eventually<T>(probe: () => Promise<T | undefined | null | false>, what: string, within = 60_000): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    const seen = await probe();
    if (seen) return seen;
    if (Date.now() > until) throw new Error(`waited ${within} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
