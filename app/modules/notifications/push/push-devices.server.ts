import type { Audience } from "~/kernel/audience";
import { type Id, newId } from "~/kernel/ids";
import { err, ok, type Result } from "~/kernel/result";
import type { Clock } from "~/kernel/time";
import { describeBrowser } from "~/kernel/user-agent";
import { newToken, sha256 } from "~/platform/crypto.server";
import type { ScopedDatabase } from "~/platform/database/scoped.server";
import { type Directory, type FoundSession, MOST_PUSH_DEVICES } from "~/platform/directory/directory.server";
import type { Settings } from "~/platform/env.server";
import { sourceOf } from "~/platform/http/origin.server";
import { pushCookie, pushKeyHash } from "~/platform/sessions/push-cookie.server";
import { pushStore } from "./push.store.server";
import { isPushAddress } from "./push-address";
import { choicesOf, isPushed, type PushAudience, pushedRows } from "./push-events";

type Needs = { db: ScopedDatabase<Audience>; directory: Directory; clock: Clock; settings: Pick<Settings, "push"> };
type Session = FoundSession<PushAudience>;

export type PushSettings = {
  /** Our public key, which the browser asks its push service with. */
  serverKey: string;
  devices: { id: Id<"pushDevice">; name: string; createdAt: number; isThis: boolean }[];
  events: { event: string; label: string; what?: string; isOn: boolean }[];
};

/** A person's push settings; null where there is no push: without keys, and on a device that others use next. */
export async function readPushSettings(s: Needs, session: Session, request: Request): Promise<PushSettings | null> {
  const { push } = s.settings;
  if (!push || session.kind === "shared") return null;
  const me = session.membership.id;
  const [devices, choices] = await Promise.all([s.directory.pushDevicesOf(me, push.publicKey), pushStore(s.db).choices([me])]);
  const here = pushKeyHash(request, session.audience);
  return {
    serverKey: push.publicKey,
    devices: devices.map(({ id, userAgent, createdAt, keyHash }) => ({
      id,
      name: userAgent ? describeBrowser(userAgent) : "Unknown browser",
      createdAt,
      isThis: keyHash === here,
    })),
    events: pushedRows(session.audience).map(({ event, label, what }) => ({
      event,
      label,
      what,
      isOn: isPushed(session.audience, event, choices.get(me) ?? {}),
    })),
  };
}

export type PushRefusal = { kind: "no-push" } | { kind: "unknown-service" } | { kind: "too-many-devices"; most: number };

/** Adds the browser that the request comes from. Answers the cookie by which it is known again. */
export async function addPushDevice(
  s: Needs,
  session: Session,
  request: Request,
  { endpoint, p256dh, auth }: { endpoint: string; p256dh: string; auth: string },
): Promise<Result<{ cookie: string }, PushRefusal>> {
  const { push } = s.settings;
  if (!push || session.kind !== "personal") return err({ kind: "no-push" });
  if (!isPushAddress(endpoint, { standIn: push.standInUrl !== null }) || !(await isPoint(p256dh))) return err({ kind: "unknown-service" });
  const key = newToken();
  const now = s.clock.now();
  const added = await s.directory.addPushDevice({
    id: newId("pushDevice", now),
    organizationId: session.organization.id,
    membershipId: session.membership.id,
    audience: session.audience,
    keyHash: sha256(key),
    endpoint,
    p256dh,
    auth,
    serverKey: push.publicKey,
    userAgent: sourceOf(request).userAgent,
    createdAt: now,
  });
  return added ? ok({ cookie: pushCookie(session.audience, key) }) : err({ kind: "too-many-devices", most: MOST_PUSH_DEVICES });
}

/** What isn't on the curve would fail each time that something is sent. */
async function isPoint(p256dh: string): Promise<boolean> {
  try {
    await crypto.subtle.importKey("raw", Buffer.from(p256dh, "base64url"), { name: "ECDH", namedCurve: "P-256" }, false, []);
    return true;
  } catch {
    return false;
  }
}

/** Ends push messages to one of a person's browsers; one that is gone already is no mistake. */
export async function removePushDevice(s: Pick<Needs, "directory">, me: Id<"membership">, id: Id<"pushDevice">): Promise<void> {
  await s.directory.removePushDevice(me, id);
}

export const savePushEvents = (s: Pick<Needs, "db">, session: Session, chosen: ReadonlySet<string>): Promise<void> =>
  pushStore(s.db).choose(session.membership.id, choicesOf(session.audience, chosen));
