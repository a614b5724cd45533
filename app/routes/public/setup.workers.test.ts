import { expect, test } from "vitest";
import { browserIn } from "../../../tests/world/browser";
import { createWorld } from "../../../tests/world/world";
import { action } from "./setup";

const form = {
  setupCode: "wrong",
  shop: "First Shop",
  slug: "first",
  zone: "America/Chicago",
  units: "mi",
  currency: "USD",
  owner: "Ann",
  email: "ann@first.test",
};

test.each([
  ["passwordpassword", "This password is too common. Choose another one."],
  ["x".repeat(201), "Use at most 200 characters."],
  ["short", "Use at least 10 characters. A short sentence is strong and easy to remember."],
])("refuses a weak password for the first owner: %s", async (password, expected) => {
  const world = await createWorld();
  const { platform } = world.context;
  const directory = { ...platform.directory, isEmpty: async () => true };
  const context = { ...world.context, platform: { ...platform, directory, settings: { ...platform.settings, setupCode: "open-sesame" } } };
  const answered = await browserIn({ ...world, context }).post(action, "/setup", { ...form, password });
  expect(answered).toMatchObject({ status: 422, body: { problem: { fields: { password: expected } } } });
});
