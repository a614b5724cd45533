import type { AppLoadContext } from "react-router";
import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import type { Id } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import { MINUTE } from "~/kernel/time";
import { verifyPassword } from "~/platform/crypto.server";
import type { Membership, Organization } from "~/platform/directory/directory.server";
import { brandOfHost, organizationOfHost } from "~/platform/http/hosts.server";
import { networkBehind } from "~/platform/http/origin.server";
import type { Platform } from "~/platform/platform.server";
import { forJob } from "~/platform/scope/scope.server";
import { tabletOf } from "~/platform/sessions/tablet.server";
import { mayComeIn } from "./driver";
import { driverStore } from "./driver.store.server";

const WINDOW = 15 * MINUTE;
const WRONG_PINS_PER_CODE = 5;
const WRONG_PINS_PER_DEVICE = 20;

/** Where code and PIN are entered: an enrolled tablet, or in development any browser. */
export type PinPlace = { organization: Organization; tablet: { id: Id<"tablet">; label: string } | null };
export type PinRefusal = { kind: "wrong" } | { kind: "too-often"; retryAfterSeconds: number };
type Typed = { code: string; pin: string };

/** The shop whose drivers can sign in with code and PIN on this device; null if it isn't a tablet of this shop. */
export async function pinPlaceOf(platform: Platform, request: Request): Promise<PinPlace | null> {
  const [tablet, host] = await Promise.all([tabletOf(platform, request), organizationOfHost(platform, request)]);
  const shop = tablet && (await platform.directory.organization(tablet.organizationId));
  if (tablet && shop && (!host || host.id === shop.id)) return { organization: shop, tablet: { id: tablet.id, label: tablet.label } };
  if (!platform.settings.development) return null;
  const nearest = host ?? (await brandOfHost(platform, request));
  return nearest && { organization: nearest, tablet: null };
}

/** The sign-in strategy of a place. It returns refusals as values instead of throwing. */
export function pinAuthenticator(context: AppLoadContext, place: PinPlace): Authenticator<Result<Membership, PinRefusal>> {
  const strategy = new FormStrategy<Result<Membership, PinRefusal>>(async ({ form, request }) =>
    signInWithPin(context, place, networkBehind(request), { code: String(form.get("code") ?? ""), pin: String(form.get("pin") ?? "") }),
  );
  return new Authenticator<Result<Membership, PinRefusal>>().use(strategy, "pin");
}

/** An unknown code, a wrong PIN and a driver without portal access get the same response at the same cost. */
async function signInWithPin(
  { platform, servicesFor }: AppLoadContext,
  place: PinPlace,
  address: string,
  { code, pin }: Typed,
): Promise<Result<Membership, PinRefusal>> {
  const { directory, clock, settings } = platform;
  const { id: organizationId } = place.organization;
  const now = clock.now();
  // Each attempt is counted before the PIN is compared, so twenty at once count as twenty.
  const [ofCode, ofDevice] = [`pin ${organizationId} ${code}`, `pin-on ${place.tablet?.id ?? address}`];
  const [attempts, here] = await Promise.all([directory.countAttempt([ofCode], WINDOW, now), directory.countAttempt([ofDevice], WINDOW, now)]);
  if (attempts > WRONG_PINS_PER_CODE || here > WRONG_PINS_PER_DEVICE)
    return err({ kind: "too-often", retryAfterSeconds: Math.ceil((WINDOW - (now % WINDOW)) / 1_000) });

  const driver = await driverStore(servicesFor(forJob(organizationId, "Automatic")).db).byCode(code);
  const right = await verifyPassword(pin, settings.passwordPepper, driver && mayComeIn(driver) ? driver.pinHash : null);
  const [member] = right && driver ? await directory.membershipsOfParty(organizationId, "driver", driver.id) : [];
  const membership = member ? await directory.membership(member.id) : null;
  if (!membership) return err({ kind: "wrong" });
  await Promise.all([
    directory.forgetAttempts([ofCode]),
    // Successful sign-ins don't count, because many drivers sign in within minutes at a shift change.
    directory.uncountAttempt(ofDevice, WINDOW, now),
    place.tablet && directory.touchTablet(place.tablet.id, now),
  ]);
  return ok(membership);
}

/** What the journal records of a refused attempt. An unknown code may be a mistyped PIN, so it is not recorded. */
export async function aboutRefusedPin({ servicesFor }: AppLoadContext, place: PinPlace, code: string, refusal: PinRefusal) {
  const driver = await driverStore(servicesFor(forJob(place.organization.id, "Automatic")).db).byCode(code);
  const wrong = !driver ? "unknown code" : mayComeIn(driver) ? "wrong PIN" : "switched off";
  return {
    organizationId: place.organization.id,
    about: driver?.id ?? place.tablet?.id ?? null,
    body: {
      ...(driver ? { name: driver.name, code } : {}),
      ...(place.tablet ? { tablet: place.tablet.label } : {}),
      why: refusal.kind === "too-often" ? "too many tries" : wrong,
    },
  };
}
