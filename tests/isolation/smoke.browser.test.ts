import { expect, test } from "vitest";
import type { Portal } from "~/kernel/audience";
import { homeOf, paths, signInPath } from "~/kernel/paths";
import { eventually, mailsAt } from "../../local/people.ts";
import { demo } from "../../local/settings.ts";
import { baseUrl } from "../browser/app.ts";

// matrix.workers.test.ts asks every address on behalf of everybody, in the test's own runtime. Here the Worker that is deployed is
// asked over HTTP, once per audience: through its sign-in, with everything in front of the pages, and with the headers as sent.

const OWN_PAGE = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded" };
const get = (path: string, cookie: string) => fetch(baseUrl() + path, { redirect: "manual", headers: { Cookie: cookie } });
const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(baseUrl() + path, { method: "POST", redirect: "manual", headers: { ...OWN_PAGE, ...headers }, body: new URLSearchParams(form) });

const cookieIn = (answer: Response, portal: Portal): string => {
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith(`__Host-${portal}=`));
  if (!cookie) throw new Error(`no ${portal} session: ${answer.status}`);
  return cookie.split(";")[0] ?? "";
};

const byPassword = async (portal: Portal, email: string) => cookieIn(await post(signInPath[portal], { email, password: demo.password }), portal);

async function byCode(portal: Portal, email: string): Promise<string> {
  const known = new Set((await mailsAt(baseUrl(), email)).map(({ id }) => id));
  const asked = await post(signInPath[portal], { step: "ask", email });
  const request = new URL(asked.headers.get("Location") ?? "", baseUrl()).searchParams.get("request") ?? "";
  const mail = await eventually(
    async () => (await mailsAt(baseUrl(), email)).find(({ id, text }) => !known.has(id) && text.includes("/sign-in/")),
    `a mail to ${email}`,
  );
  const digits = /: (\d{6})/.exec(mail.text)?.[1] ?? "";
  return cookieIn(await post(signInPath[portal], { step: "code", request, digits }), portal);
}

type Way = { portal: Portal; email: string; signIn: typeof byPassword; page: string; sees: string; stranger: Portal };
test.each<Way>([
  { portal: "staff", email: "owner@harbor.test", signIn: byPassword, page: "/customers", sees: "Northline Freight", stranger: "customer" },
  { portal: "customer", email: "fleet@northline.test", signIn: byCode, page: "/portal/statement", sees: "Statement for Northline Freight", stranger: "vendor" },
  {
    portal: "vendor",
    email: "desk@gearworks.test",
    signIn: byPassword,
    page: "/vendor-portal/completed",
    sees: "Rebuild the transmission",
    stranger: "driver",
  },
  { portal: "driver", email: "dana@northline.test", signIn: byCode, page: "/driver-portal/sign-ins", sees: "Dana Whitfield", stranger: "staff" },
])("$portal: who signs in sees their own pages and no others, and only a page of ours changes anything", async (way) => {
  const { portal, email, signIn, page, sees, stranger } = way;
  const cookie = await signIn(portal, email);
  const own = await get(page, cookie);
  expect({ status: own.status, sees: (await own.text()).includes(sees) }).toEqual({ status: 200, sees: true });
  const behind = await get(`${page}.data`, cookie);
  expect([behind.headers.get("Cache-Control"), behind.headers.get("X-Content-Type-Options")]).toEqual([expect.stringMatching(/^private, no-/), "nosniff"]);
  expect(await behind.text()).toContain(sees.replace(/^Statement for /, ""));

  for (const [to, by] of [
    [page, ""],
    // The driver's app itself is the same for everybody.
    [stranger === "driver" ? paths.driver.sessions : homeOf[stranger], cookie],
  ] as const) {
    const refused = await get(to, by);
    const expected = signInPath[to === page ? portal : stranger];
    expect({ status: refused.status, to: new URL(refused.headers.get("Location") ?? "/", baseUrl()).pathname }).toEqual({ status: 302, to: expected });
    expect(await refused.text()).toBe("");
  }
  expect(await (await get(`${page}.data`, "")).text()).not.toContain(sees);

  expect([302, 405]).toContain((await post(page, { intent: "switch" })).status);
  for (const site of ["cross-site", "same-site", "none"])
    expect([403, 405]).toContain((await post(page, { intent: "switch" }, { Cookie: cookie, "Sec-Fetch-Site": site })).status);
});
