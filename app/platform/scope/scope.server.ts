import type { Audience, Portal } from "~/kernel/audience";
import type { Id } from "~/kernel/ids";
import type { OrganizationLocale } from "~/kernel/organization-locale";
import type { Role } from "~/kernel/permissions";
import type { Actor } from "~/platform/database/tenant.tables";
import type { FoundFilingToken, FoundIngestKey, FoundSession } from "~/platform/directory/directory.server";
import { type RequestSource, sourceOf } from "~/platform/http/origin.server";

declare const made: unique symbol;

/**
 * Proof of whose data may be touched, and by whom. It cannot be written as a literal:
 * the makers below are the only way to one, and each starts from something that was checked.
 */
export type Scope<A extends Audience = Audience> = {
  readonly [made]: true;
  readonly audience: A;
  readonly organizationId: Id<"organization">;
  readonly actor: Actor;
  /** Which customer, vendor or driver this is about; never set for staff, devices and jobs. */
  readonly partyId: A extends "customer" | "vendor" | "driver" ? string : null;
  /** The address that a person signed in with; null for who has none, such as a driver by code and PIN. */
  readonly email: A extends Portal ? string | null : null;
  readonly role: A extends "staff" ? Role : null;
  /** Of the organization that a person signed in to; a job reads them where it needs them. */
  readonly organization: A extends Portal ? OrganizationLocale : null;
  /** Staff who look through a person's eyes: nothing may be written, not even that something was seen. */
  readonly readOnly: boolean;
  /** Where the request came from that a person made; null for devices, and for jobs without one. The journal records it. */
  readonly from: RequestSource | null;
};

// The one place where the brand is put on; everything else receives it.
const make = <A extends Audience>(scope: Omit<Scope<A>, typeof made>) => scope as Scope<A>;

export function fromSession<F extends Portal>(session: FoundSession<F>, request: Request): Scope<F> {
  const { membership } = session;
  return make<Portal>({
    audience: session.audience,
    organizationId: session.organization.id,
    actor: { audience: session.audience, id: membership.id, name: membership.name },
    partyId: session.audience === "staff" ? null : membership.partyId,
    email: membership.email,
    role: session.audience === "staff" ? membership.role : null,
    organization: localeOf(session.organization),
    readOnly: session.kind === "impersonation",
    from: sourceOf(request),
  } as Omit<Scope<Portal>, typeof made>) as unknown as Scope<F>; // the row's audience was matched with F when it was found
}

const localeOf = ({ zone, locale, currency, distanceUnit }: OrganizationLocale): OrganizationLocale => ({ zone, locale, currency, distanceUnit });

/** For a person who replied to a mail of ours: `member` was found by the address that was mailed, which only who had the mail could name. */
export function fromReply<F extends Portal>(
  audience: F,
  member: { id: string; name: string; email: string | null; partyId: string | null; role: Role | null },
  organization: OrganizationLocale & { id: Id<"organization"> },
): Scope<F> {
  return make<Portal>({
    audience,
    organizationId: organization.id,
    actor: { audience, id: member.id, name: member.name },
    partyId: member.partyId,
    email: member.email,
    role: member.role,
    organization: localeOf(organization),
    readOnly: false,
    from: null,
  } as Omit<Scope<Portal>, typeof made>) as unknown as Scope<F>; // the member is one of this audience
}

/** For a phone that files a driver's inspections after its session ended. */
export function fromFilingToken({ membership, organization }: FoundFilingToken, request: Request): Scope<"driver"> {
  return make<"driver">({
    audience: "driver",
    organizationId: organization.id,
    actor: { audience: "driver", id: membership.id, name: membership.name },
    partyId: membership.partyId,
    email: null,
    role: null,
    organization: localeOf(organization),
    readOnly: false,
    from: sourceOf(request),
  });
}

export function fromIngestKey(key: FoundIngestKey): Scope<"device"> {
  return make<"device">({
    audience: "device",
    organizationId: key.organizationId,
    actor: { audience: "device", id: key.id, name: key.label },
    partyId: null,
    email: null,
    role: null,
    organization: null,
    readOnly: false,
    from: null,
  });
}

/** For whoever runs the deployment, after the operator's key was checked. */
export function forOperator(organizationId: Id<"organization">, request: Request): Scope<"operator"> {
  return make<"operator">({
    audience: "operator",
    organizationId,
    actor: { audience: "operator", id: "operator", name: "the operator" },
    partyId: null,
    email: null,
    role: null,
    organization: null,
    readOnly: false,
    from: sourceOf(request),
  });
}

/**
 * For what runs without a person: queue, cron, room alarm, webhook after routing. `job` names it on the journal. With a
 * request where a person asked who has no session yet.
 */
export function forJob(organizationId: Id<"organization">, job: string, request?: Request): Scope<"job"> {
  return make<"job">({
    audience: "job",
    organizationId,
    actor: { audience: "job", id: job, name: job },
    partyId: null,
    email: null,
    role: null,
    organization: null,
    readOnly: false,
    from: request ? sourceOf(request) : null,
  });
}
