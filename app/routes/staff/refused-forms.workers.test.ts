import { expect, test } from "vitest";
import { newId } from "~/kernel/ids";
import { toCents, toQuantity } from "~/kernel/money";
import { paths } from "~/kernel/paths";
import { addContact } from "~/modules/customers/contacts/change-contacts.server";
import { saveVendor } from "~/modules/vendors/save-vendor.server";
import { noTerms } from "~/modules/vendors/vendor";
import { saveCannedJob } from "~/modules/work-orders/canned-jobs/save-canned-job.server";
import { type ShownForm, sentBy, shownOn } from "../../../tests/world/forms";
import { pagesOf } from "../../../tests/world/pages";
import { createWorld } from "../../../tests/world/world";

async function setUp() {
  const world = await createWorld({ now: "2030-03-01T09:00:00Z" });
  const shop = await world.shop();
  await world.context.platform.directory.setPlan(shop.id, "pro-plus");
  const pages = await pagesOf(world.context);
  const customer = await shop.customer();
  const unit = await shop.asset({ customer });
  const email = `renee@${shop.id.slice(-8)}.test`;
  expect(await addContact(await shop.asStaff(), { customerId: customer.id, name: "Renee", email })).toMatchObject({ ok: true });
  await world.drainOutbox(shop);
  const both = await Promise.all([shop.session(shop.ownerEmail, "staff"), shop.session(email, "customer")]);
  const cookie = both.map((one) => one.cookie).join("; ");
  const get = async (path: string) => shownOn(await pages(new Request(`http://localhost${path}`, { headers: { Cookie: cookie } })));
  const post = (path: string, form: Record<string, string>) =>
    pages(
      new Request(`http://localhost${path}`, {
        method: "POST",
        headers: { Cookie: cookie, "Sec-Fetch-Site": "same-origin" },
        body: new URLSearchParams(form),
      }),
    );
  return { shop, customer, unit, get, post };
}

type SetUp = Awaited<ReturnType<typeof setUp>>;
type Case = {
  of: string;
  path(it: SetUp): Promise<string>;
  /** The form as the page served it, by its command and, in a list, by its row. */
  intent: string;
  row?: Record<string, string>;
  typed: Record<string, string> | ((it: SetUp) => Record<string, string>);
  /** The switches that somebody turned off. */
  off?: readonly string[];
  field: string;
  message: RegExp;
};

const customers = async ({ shop }: SetUp) => (await shop.customer()).id;
async function vendors({ shop }: SetUp) {
  const id = newId("vendor");
  const form = { name: "Frames Inc", email: "frames@test.test", phone: "555-0100", portalEnabled: true, ...noTerms };
  expect(await saveVendor(await shop.asStaff(), { id, form, version: null, plan: "pro-plus" })).toMatchObject({ ok: true });
  return id;
}

async function cannedJobs({ shop }: SetUp) {
  const id = newId("cannedJob");
  const line = {
    id: newId("line"),
    kind: "part",
    text: "Brake shoes",
    partNumber: null,
    quantity: toQuantity(2_000),
    each: toCents(50_00),
    cost: null,
    supplies: false,
  } as const;
  const job = { id, name: "Brakes", complaint: "Brakes", correction: "", vmrs: null, options: null, lines: [line] };
  expect(await saveCannedJob(await shop.asStaff(), job, 0)).toMatchObject({ ok: true });
  return paths.staff.cannedJob(id);
}

const cases: Case[] = [
  {
    of: "a contact with a wrong address",
    path: async (it) => paths.staff.customer(await customers(it)),
    intent: "add-contact",
    typed: { name: "Renee", email: "renee at test" },
    field: "email",
    message: /valid email/,
  },
  {
    of: "a driver whose code is taken",
    async path({ shop }) {
      const customer = await shop.customer();
      await shop.driver({ customer, code: "482913" });
      return paths.staff.driver((await shop.driver({ customer })).id);
    },
    intent: "save",
    typed: { name: "Ana", phone: "555-0199", email: "ana@test.test", code: "482913" },
    off: ["portalEnabled"],
    field: "code",
    message: /Another driver has this code/,
  },
  {
    of: "rates with a wrong tax",
    path: async () => paths.staff.rates,
    intent: "save",
    typed: {
      rateName0: "Shop",
      ratePrice0: "151",
      suppliesKind: "share",
      suppliesOf: "labor",
      suppliesRate: "5",
      suppliesMost: "40",
      suppliesTaxed: "on",
      "tax-labor": "200",
    },
    field: "tax-labor",
    message: /./,
  },
  {
    of: "a vendor with a wrong address",
    path: async (it) => paths.staff.vendor(await vendors(it)),
    intent: "save",
    typed: { name: "Frames LLC", email: "frames at test", laborRate: "110", notes: "Two lines\nof notes", insuredThrough: "2031-01-01" },
    off: ["portalEnabled"],
    field: "email",
    message: /valid email/,
  },
  {
    of: "a vendor's second person with a wrong address",
    path: async (it) => paths.staff.vendor(await vendors(it)),
    intent: "add-user",
    typed: { userName: "Glen", userEmail: "glen" },
    field: "userEmail",
    message: /valid email/,
  },
  {
    of: "a credit of nothing",
    path: async (it) => paths.staff.account(await customers(it)),
    intent: "give-credit",
    typed: { amount: "0", why: "Goodwill" },
    field: "amount",
    message: /above zero/,
  },
  {
    of: "a deposit of nothing",
    path: async (it) => paths.staff.account(await customers(it)),
    intent: "pay",
    typed: { amount: "0", method: "card", reference: "4242", day: "2030-02-28" },
    field: "amount",
    message: /above zero/,
  },
  {
    of: "an invitation with a wrong address",
    path: async () => paths.staff.people,
    intent: "invite",
    typed: { name: "Sol", email: "sol", role: "manager" },
    field: "email",
    message: /valid email/,
  },
  {
    of: "a unit without a new owner",
    path: async ({ unit }) => paths.staff.asset(unit),
    intent: "hand-over",
    typed: { to: "", from: "2030-02-01T08:00" },
    field: "to",
    message: /Choose the new owner/,
  },
  {
    of: "a reading that is no number",
    path: async ({ unit }) => paths.staff.asset(unit),
    intent: "record-reading",
    typed: { meter: "engine", reading: "many" },
    field: "reading",
    message: /Enter a number/,
  },
  {
    of: "a number in a list of numbers",
    path: async () => paths.staff.numbering,
    intent: "set",
    row: { kind: "invoice" },
    typed: { next: "abc" },
    field: "next",
    message: /./,
  },
  {
    of: "a tracker's ID",
    path: async () => paths.staff.devices,
    intent: "assign",
    typed: ({ unit }) => ({ code: "T".repeat(65), asset: unit }),
    field: "code",
    message: /./,
  },
  {
    of: "a contact with a limit that is no amount",
    async path({ customer, get }) {
      const [form] = (await get(paths.staff.customer(customer.id))).forms.filter(({ controls }) => controls.contact);
      return paths.staff.contact(customer.id, form?.controls.contact?.value ?? "");
    },
    intent: "save",
    typed: { name: "Renee M.", limit: "a lot", pay: "on" },
    off: ["documents", "service"],
    field: "limit",
    message: /Enter an amount/,
  },
  {
    of: "a canned job without a complaint",
    path: cannedJobs,
    intent: "save",
    typed: { name: "Brake job", complaint: "", "line-0-text": "Shoes", "line-0-each": "55.00" },
    field: "complaint",
    message: /./,
  },
  {
    of: "a customer's request without words",
    path: async ({ unit }) => `/portal/assets/${unit}/request`,
    intent: "send",
    typed: { complaint: "", urgency: "do-not-drive", preferredDay: "2030-03-09" },
    field: "complaint",
    message: /./,
  },
  {
    of: "a sign-in rule",
    path: async () => "/settings/sign-in-rules",
    intent: "save",
    typed: { staffHours: "9999", vendorDays: "8", customerDays: "9", customerCapDays: "" },
    field: "staffHours",
    message: /whole number/,
  },
];

/** Ids of new records that each serving of a page makes anew, and the time that it offers. */
const isFresh = (name: string) => /^(id|tablet|from|line-\d+-id|option-\d+-id|preselected)$/.test(name);
const settled = (form: ShownForm) => Object.fromEntries(Object.entries(sentBy(form)).filter(([name]) => !isFresh(name)));

test.each(cases)("$of comes back as it was typed, with its error at its field, and other forms are as they were", async (the) => {
  const it = await setUp();
  const path = await the.path(it);
  const typed = typeof the.typed === "function" ? the.typed(it) : the.typed;
  const before = await it.get(path);
  const isIt = (form: ShownForm) => form.intent === the.intent && Object.entries(the.row ?? {}).every(([name, value]) => form.controls[name]?.value === value);
  const sent = { ...sentBy(before.forms.find(isIt) ?? expect.fail("the page has no such form")), ...typed };
  for (const name of the.off ?? []) delete sent[name];
  const answer = await it.post(path, sent);
  expect(answer.status).toBe(422);
  const after = await shownOn(answer);
  const shown = after.forms.find(isIt) ?? expect.fail("the form is gone");

  for (const name of Object.keys(sent)) if (isFresh(name) && !(name in typed)) delete sent[name];
  expect(sentBy(shown)).toMatchObject(sent);
  for (const name of the.off ?? []) expect(shown.controls).not.toHaveProperty(name);
  const control = shown.controls[the.field] ?? expect.fail("the field is gone");
  expect(control).toMatchObject({ invalid: true, describedBy: expect.stringContaining(`${control.id}-error`) });
  expect(after.texts[`${control.id}-error`]).toMatch(the.message);
  expect(after.forms.flatMap(({ controls }) => Object.values(controls)).filter(({ invalid }) => invalid)).toEqual([control]);

  expect(after.alert).toContain("Fix the highlighted fields");
  expect(after.links.map(({ text }) => text)).toEqual([expect.stringMatching(the.message)]);
  // Where several forms share a name, no field has it for an id, and the link leads to the one with the error.
  expect(after.links.map(({ to }) => to.slice(1))).toEqual([the.field]);
  expect(after.ids.filter((id) => id === the.field)).toHaveLength(1);

  expect(after.forms.filter((form) => !isIt(form)).map(settled)).toEqual(before.forms.filter((form) => !isIt(form)).map(settled));
});

test("a row of a list that was refused leaves the form above it as it was, and the other way around", async () => {
  const { shop, get, post } = await setUp();
  await shop.person("staff", "sol@test.test");
  const { forms } = await get(paths.staff.people);
  const [own, again] = forms.filter(({ intent }) => intent === "invite").sort((one) => ("row" in one.controls ? 1 : -1));
  if (!own || !again) throw new Error("a person who has not signed in has no row");
  const shown = (await shownOn(await post(paths.staff.people, { ...sentBy(again), email: "sol" }))).forms.filter(({ intent }) => intent === "invite");
  expect(shown).toEqual(forms.filter(({ intent }) => intent === "invite"));
  const typed = { name: "sol@test.test", email: "sol", role: "technician" };
  const after = await shownOn(await post(paths.staff.people, { ...sentBy(own), ...typed }));
  expect(after.forms.filter(({ controls }) => controls.email?.invalid).map(sentBy)).toEqual([{ intent: "invite", ...typed }]);
});

test("a refused command leaves the lines of the form beside it", async () => {
  const it = await setUp();
  const path = await cannedJobs(it);
  const { forms } = await it.get(path);
  expect(forms.some(({ controls }) => controls["line-0-text"]?.value === "Brake shoes")).toBe(true);
  expect((await shownOn(await it.post(path, { intent: "nothing" }))).forms.map(settled)).toEqual(forms.map(settled));
});

test("two people who change the organization at once: the second reads so, and keeps what was typed", async () => {
  const { get, post } = await setUp();
  const { forms } = await get(paths.staff.organization);
  const [form = expect.fail("no form")] = forms.filter(({ intent }) => intent === "save");
  expect((await post(paths.staff.organization, { ...sentBy(form), phone: "555-0100" })).status).toBe(200);
  const answer = await post(paths.staff.organization, { ...sentBy(form), phone: "555-0199", name: "Fast Diesel", distanceUnit: "mi" });
  expect(answer.status).toBe(409);
  const after = await shownOn(answer);
  expect(after.alert).toMatch(/saved changes while you were editing/);
  const [shown = expect.fail("no form")] = after.forms.filter(({ intent }) => intent === "save");
  expect(sentBy(shown)).toMatchObject({ version: "2", phone: "555-0199", name: "Fast Diesel", distanceUnit: "mi" });
});
