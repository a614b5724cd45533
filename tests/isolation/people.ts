import type { Portal } from "~/kernel/audience";
import { demo } from "../../local/settings.ts";
import { baseUrl, eventually } from "../browser/browser.ts";

export type Actor = { name: string; shop: "harbor" | "ridge"; portal: Portal; role: "owner" | "technician" | null; cookie: string };

const OWN_PAGE = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded" };

export const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(baseUrl() + path, { method: "POST", redirect: "manual", headers: { ...OWN_PAGE, ...headers }, body: new URLSearchParams(form) });

const cookieIn = (answer: Response, portal: Portal): string => {
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith(`__Host-${portal}=`));
  if (!cookie) throw new Error(`no ${portal} session: ${answer.status}`);
  return cookie.split(";")[0] ?? "";
};

async function byPassword(portal: "staff" | "vendor", email: string): Promise<string> {
  return cookieIn(await post(portal === "staff" ? "/login" : "/vendor-portal/sign-in", { email, password: demo.password }), portal);
}

async function byCode(portal: "customer" | "driver", email: string): Promise<string> {
  const signInPath = portal === "customer" ? "/portal/sign-in" : "/driver-portal/sign-in";
  const mails = async () => (await (await fetch(`${baseUrl()}/dev/mailbox.json?to=${email}`)).json()) as { id: string; text: string }[];
  const known = new Set((await mails()).map(({ id }) => id));
  const asked = await post(signInPath, { step: "ask", email });
  const request = new URL(asked.headers.get("Location") ?? "", baseUrl()).searchParams.get("request") ?? "";
  const mail = await eventually(async () => (await mails()).find(({ id, text }) => !known.has(id) && text.includes("/sign-in/")), `a mail to ${email}`);
  const digits = /: (\d{6})/.exec(mail.text)?.[1] ?? "";
  return cookieIn(await post(signInPath, { step: "code", request, digits }), portal);
}

/** One person of every kind, in two shops. */
export async function everybody(): Promise<Actor[]> {
  return [
    { name: "harbor's owner", shop: "harbor", portal: "staff", role: "owner", cookie: await byPassword("staff", "owner@harbor.test") },
    { name: "harbor's technician", shop: "harbor", portal: "staff", role: "technician", cookie: await byPassword("staff", "tech@harbor.test") },
    { name: "ridge's owner", shop: "ridge", portal: "staff", role: "owner", cookie: await byPassword("staff", "owner@ridge.test") },
    { name: "Northline", shop: "harbor", portal: "customer", role: null, cookie: await byCode("customer", "fleet@northline.test") },
    { name: "Summit", shop: "harbor", portal: "customer", role: null, cookie: await byCode("customer", "ops@summit.test") },
    { name: "Lakeshore", shop: "ridge", portal: "customer", role: null, cookie: await byCode("customer", "trucks@lakeshore.test") },
    { name: "Gearworks", shop: "harbor", portal: "vendor", role: null, cookie: await byPassword("vendor", "desk@gearworks.test") },
    { name: "Coolant", shop: "harbor", portal: "vendor", role: null, cookie: await byPassword("vendor", "service@coolant.test") },
    { name: "Dunes", shop: "ridge", portal: "vendor", role: null, cookie: await byPassword("vendor", "shop@dunes.test") },
    { name: "Inez", shop: "ridge", portal: "driver", role: null, cookie: await byCode("driver", "inez@lakeshore.test") },
    { name: "Dana", shop: "harbor", portal: "driver", role: null, cookie: await byCode("driver", "dana@northline.test") },
  ];
}
