import { expect, test } from "vitest";
import { scopedDatabase } from "~/platform/database/scoped.server";
import { forJob } from "~/platform/scope/scope.server";
import { createWorld } from "../../../tests/world/world";
import { openShop } from "./open-shop.server";

const details = { plan: "free", zone: "America/Chicago", locale: "en-US", currency: "USD", distanceUnit: "mi", brandColor: "#0b6471", phone: null } as const;

test("creates a shop with its owner or not at all; the owner of two shops is one account with the first password", async () => {
  const world = await createWorld();
  const { platform } = world.context;
  const open = (slug: string, password: string) =>
    openShop(
      { ...platform, databaseOf: (id) => scopedDatabase(world.env.TENANTS, forJob(id, "test")) },
      {
        details: { ...details, slug, name: slug, email: null },
        publicOrigin: `http://${slug}.test`,
        hosts: [`${slug}.test`],
        owner: { name: "Ann", email: "ann@two-shops.test", password },
      },
    );
  const placesOf = async () => {
    const account = await platform.directory.account("ann@two-shops.test");
    return account ? platform.directory.membershipsOf(account.id, "staff", null) : [];
  };

  expect((await open("first-of-two", "the first password")).ok).toBe(true);
  const hash = (await platform.directory.account("ann@two-shops.test"))?.passwordHash;
  expect((await open("second-of-two", "another password")).ok).toBe(true);
  expect((await platform.directory.account("ann@two-shops.test"))?.passwordHash).toBe(hash);
  const places = await placesOf();
  expect(places.map(({ role, name }) => [role, name])).toEqual([
    ["owner", "Ann"],
    ["owner", "Ann"],
  ]);

  // The slug is taken: neither the shop nor a membership is created.
  await expect(open("second-of-two", "a third password")).rejects.toThrow();
  expect(await placesOf()).toEqual(places);
});
