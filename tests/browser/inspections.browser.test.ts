import { expect, test } from "vitest";
import { accessibilityFaults, phone, signInByLink, signInByPassword } from "./browser.ts";

/** Names are those of the demo: Dana's last report of unit 102 has one safety defect, open. */
const BRAKES = "Service brakes: leaking";

test("a report with a safety defect becomes a job and is certified; unit, map and the customer's portal follow without a reload", async () => {
  const desk = await signInByPassword("owner@harbor.test");
  const map = await signInByPassword("manager@harbor.test", { ...phone });
  const fleet = await signInByLink("fleet@northline.test");
  const rowOn = (page: typeof desk) =>
    page
      .getByRole("list", { name: "Units" })
      .getByRole("link")
      .filter({ has: page.getByText("102", { exact: true }) });
  await map.goto("/fleet");
  await rowOn(map).getByText("Do not operate").waitFor();
  await fleet.goto("/portal/inspections");
  await fleet.getByRole("row", { name: /102/ }).getByText("1 defect open").filter({ visible: true }).waitFor();

  await desk.goto("/board");
  await desk.getByRole("link", { name: /Inspections.*open defects/ }).click();
  await desk.getByRole("heading", { name: "Inspections", level: 1 }).waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);
  await desk.getByRole("link", { name: "Not safe to drive" }).click();
  await desk.locator("a[aria-current=true]").getByText("Not safe to drive").waitFor();
  await desk.getByRole("link", { name: /unit 102/ }).click();
  await desk.getByRole("heading", { name: "Post-trip inspection" }).waitFor();
  await desk.getByText(BRAKES).first().waitFor();
  await desk.getByRole("img", { name: `${BRAKES}, 1` }).waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);

  await desk.getByLabel("Work order of unit 102").selectOption({ label: "New work order" });
  await desk.getByRole("button", { name: "Add the defect to the order" }).click();
  await desk.getByText("1 defect of unit 102 added to a work order.").waitFor();
  await desk.getByRole("link", { name: /^WO-/ }).click();
  await desk.getByRole("heading", { name: /^1\. Service brakes: leaking/ }).waitFor();
  await desk.getByText(`Do not operate: ${BRAKES}`).waitFor();
  await desk.getByText("Repairs a defect that Dana Whitfield reported").waitFor();
  await desk.getByText("No price yet").first().waitFor();
  expect(await accessibilityFaults(desk)).toEqual([]);
  await desk.getByRole("link", { name: "Board" }).click();
  const card = desk.getByRole("article", { name: /unit 102, Service brakes/ });
  await card.getByText("Do not operate").waitFor();

  const floor = await signInByPassword("tech@harbor.test", { ...phone });
  await floor.goto("/inspections/defects");
  expect(await accessibilityFaults(floor)).toEqual([]);
  await floor.getByRole("link", { name: "Certify repairs of unit 102" }).click();
  await floor.getByText("Certify repairs", { exact: true }).click();
  expect(await floor.getByLabel("Signed by").first().inputValue()).toBe("Sam Ode");
  expect(await accessibilityFaults(floor)).toEqual([]);
  await floor.getByLabel("What was done").fill("Chamber replaced, no leak at 120 psi.");
  await floor.getByRole("switch", { name: "I certify that the chosen defects were repaired." }).check();
  await floor.getByRole("button", { name: "Sign" }).first().click();
  await floor.getByText("Repair certified. The next driver reviews it before driving.").waitFor();

  await card.getByText("Do not operate").waitFor({ state: "detached" });
  await rowOn(map).getByText("Do not operate").waitFor({ state: "detached" });
  const row = fleet.getByRole("row", { name: /102/ }).first();
  await row.getByText("1 defect, review pending").filter({ visible: true }).waitFor();
  expect(await accessibilityFaults(fleet)).toEqual([]);
  await row.getByRole("link").click();
  await fleet.getByText("Repaired, signed by Sam Ode").waitFor();
  await fleet.getByText("Chamber replaced, no leak at 120 psi.").waitFor();
  expect(await accessibilityFaults(fleet)).toEqual([]);
  await fleet.setViewportSize({ width: 390, height: 844 });
  await fleet.getByRole("link", { name: "Unit 102" }).click();
  await fleet.getByText("Review pending").first().waitFor();
  expect(await accessibilityFaults(fleet)).toEqual([]);
});
