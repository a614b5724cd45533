import type { BrowserContext } from "playwright-core";
import type { Portal } from "~/kernel/audience";
import { baseUrl } from "./app.ts";

export type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

const known = new Map<string, Cookies>();

/** The cookies of who signed in before in this process, unless a test ended that session since; else of who signs in now. */
export async function rememberedSignIn(portal: Portal, email: string, signIn: () => Promise<BrowserContext>): Promise<Cookies> {
  const who = `${portal} ${email}`;
  const before = known.get(who);
  if (before && (await isSignedIn(portal, before))) return before;
  const context = await signIn();
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith("__Host-"));
  await context.close();
  if (!(await isSignedIn(portal, cookies))) throw new Error(`${email} has not come in as ${portal}`);
  known.set(who, cookies);
  return cookies;
}

/** As a page asks whose socket was refused. */
async function isSignedIn(portal: Portal, cookies: Cookies): Promise<boolean> {
  const Cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const { status } = await fetch(`${baseUrl()}/session?as=${portal}`, { headers: { Cookie } });
  return status === 204;
}
