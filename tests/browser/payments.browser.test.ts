import { expect, test } from "vitest";
import { accessibilityFaults, signInByPassword } from "./browser.ts";

test("the owner connects Square, chooses a location and disconnects", async () => {
  const page = await signInByPassword("owner@harbor.test");
  await page.goto("/settings");
  await page.getByRole("link", { name: "Payments" }).click();
  await page.getByText("Customers can't pay online: Square isn't connected.").waitFor();
  await page.getByRole("button", { name: "Connect with Square" }).click();

  await page.getByRole("heading", { name: "Connect to Square" }).waitFor();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.getByText("Square wasn't connected, because access wasn't allowed there.").waitFor();

  await page.getByRole("button", { name: "Connect with Square" }).click();
  await page.getByLabel("Harbor Diesel (USD)").check();
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByText("Square is connected.", { exact: true }).waitFor();
  expect(new URL(page.url()).search).toBe("?result=connected");
  await page.getByText("Customers can't pay online: No Square location is chosen.").waitFor();
  await page.getByText("Harbor Diesel Windsor: It takes CAD, and your shop bills in USD.").waitFor();
  await page.getByText("Sandbox: no real money").waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);

  await page.getByLabel("Location", { exact: true }).selectOption({ label: "Harbor Diesel, Gary yard" });
  await page.getByRole("button", { name: "Save location" }).click();
  await page.getByText("Payments are taken for Harbor Diesel, Gary yard.").waitFor();
  await page.getByText("Customers can't pay online").waitFor({ state: "detached" });

  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByText("Harbor Diesel is disconnected.").waitFor();
  await page.getByRole("button", { name: "Connect with Square" }).waitFor();
});
