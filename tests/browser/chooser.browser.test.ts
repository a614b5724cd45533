import { expect, test } from "vitest";
import { accessibilityFaults, askForMail, eventually, mailsTo, signInByPassword, visitor } from "./browser.ts";

test("a contact of two shops chooses one after sign-in, sees only its units, and switches to the other from the menu", async () => {
  for (const [owner, customer] of [
    ["owner@harbor.test", "Summit Gravel"],
    ["owner@ridge.test", "Lakeshore Produce"],
  ] as const) {
    const staff = await signInByPassword(owner);
    await staff.goto("/customers");
    await staff.getByRole("link", { name: customer }).click();
    await staff.getByRole("heading", { name: customer }).waitFor();
    await staff.getByLabel("Name").fill("Mo Both");
    await staff.getByLabel("Email").fill("mo@both.test");
    await staff.getByRole("button", { name: "Add contact" }).click();
    await staff.getByText("Mo Both added as a contact.").waitFor();
  }

  const mo = await visitor("/portal");
  const { code } = await askForMail(mo, "mo@both.test");
  await mo.getByLabel("6-digit code").fill(code);
  await mo.getByRole("button", { name: "Sign in" }).click();
  await mo.getByRole("heading", { name: "Choose a shop" }).waitFor();
  expect(await accessibilityFaults(mo)).toEqual([]);
  await mo.getByRole("button", { name: /Ridge Truck Care/ }).click();
  await mo.waitForURL("**/portal");
  await mo.getByRole("list", { name: "Units" }).getByText("21", { exact: true }).waitFor();
  expect(await mo.getByRole("list", { name: "Units" }).getByText("SG-1").count()).toBe(0);

  // Each page shows for whom, and switches to the other shop without another mail.
  await mo.getByRole("banner").getByText("For Lakeshore Produce").waitFor();
  expect(await accessibilityFaults(mo)).toEqual([]);
  await mo.getByRole("link", { name: "Switch" }).click();
  await mo.getByText("You're signed in for Lakeshore Produce at Ridge Truck Care.").waitFor();
  expect(await accessibilityFaults(mo)).toEqual([]);
  await mo.getByRole("button", { name: /Harbor Diesel/ }).click();
  await mo.getByRole("banner").getByText("For Summit Gravel").waitFor();
  await mo.getByRole("list", { name: "Units" }).getByText("SG-1", { exact: true }).waitFor();
  expect(await mo.getByRole("list", { name: "Units" }).getByText("21", { exact: true }).count()).toBe(0);
  await eventually(async () => (await mailsTo(mo, "mo@both.test")).length === 1, "one mail for both shops");
});
