import { expect, test } from "vitest";
import { sha256 } from "~/platform/crypto.server";
import { source, testRequest } from "../../../tests/world/request";
import { createWorld } from "../../../tests/world/world";
import { forJob, fromIngestKey, fromSession } from "./scope.server";

test("a staff session's scope has its role and no party", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const { session } = await shop.session(shop.ownerEmail, "staff");
  expect(fromSession(session, testRequest)).toEqual({
    audience: "staff",
    organizationId: shop.id,
    actor: { audience: "staff", id: session.membership.id, name: session.membership.name },
    partyId: null,
    email: shop.ownerEmail,
    role: "owner",
    organization: { zone: "Pacific/Chatham", locale: "en-NZ", currency: "NZD", distanceUnit: "km" },
    readOnly: false,
    from: source,
  });
});

test("a customer session's scope names its customer, and never a role", async () => {
  const world = await createWorld();
  const shop = await world.shop();
  const customer = await shop.customer();
  const scope = fromSession((await shop.session(customer.email, "customer")).session, testRequest);
  expect(scope).toMatchObject({ audience: "customer", organizationId: shop.id, partyId: customer.id, email: customer.email, role: null });
});

test("a key's scope is its organization's device, and an ended or unknown key finds none", async () => {
  const world = await createWorld();
  const [shop, other] = [await world.shop(), await world.shop()];
  const { directory } = world.context.platform;
  const secret = await shop.key();
  const found = await directory.findIngestKey(sha256(secret));
  if (!found) throw new Error("the key is not found");
  expect(fromIngestKey(found)).toMatchObject({
    audience: "device",
    organizationId: shop.id,
    partyId: null,
    role: null,
    actor: { audience: "device", id: found.id },
  });

  await directory.endIngestKey(other.id, found.id, world.clock.now());
  expect(await directory.findIngestKey(sha256(secret))).not.toBeNull();
  await directory.endIngestKey(shop.id, found.id, world.clock.now());
  expect(await directory.findIngestKey(sha256(secret))).toBeNull();
  expect(await directory.findIngestKey(sha256("guess"))).toBeNull();
});

test("a job's scope names the job on the journal", async () => {
  const shop = await (await createWorld()).shop();
  expect(forJob(shop.id, "sweep")).toMatchObject({
    audience: "job",
    organizationId: shop.id,
    actor: { audience: "job", id: "sweep" },
    partyId: null,
    role: null,
  });
});
