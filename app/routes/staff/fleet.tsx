import { useEffect } from "react";
import { type ShouldRevalidateFunctionArgs, useFetcher, useLoaderData, useRevalidator, useSearchParams } from "react-router";
import { paths } from "~/kernel/paths";
import { may } from "~/kernel/permissions";
import { staff } from "~/platform/http/guards.server";
import { readFleet } from "~/queries/fleet.server";
import { ButtonLink } from "~/ui/button";
import { Empty } from "~/ui/empty";
import { useNotices } from "~/ui/live/use-notices";
import { PageBody, PageHeader } from "~/ui/page";
import { FleetScreen } from "../parts/fleet-page";
import type { loader as trailLoader } from "./trail";

export const meta = () => [{ title: "Fleet" }];

export const loader = staff.loader("fleet:read", async ({ services, session }) => {
  const { role } = session.membership;
  return {
    ...(await readFleet(services)),
    organizationId: session.organization.id,
    mayAdd: may("staff", role, "customer:manage"),
    mayInvite: may("staff", role, "people:manage"),
  };
});

/** Choosing, searching and filtering work on the loaded units; the room keeps them current, and an inspection has them read again. */
export function shouldRevalidate({ currentUrl, nextUrl, formMethod, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs): boolean {
  if (formMethod && formMethod !== "GET") return defaultShouldRevalidate;
  return currentUrl.pathname !== nextUrl.pathname || currentUrl.search === nextUrl.search;
}

export default function StaffFleet() {
  const { mayAdd, mayInvite, ...fleet } = useLoaderData<typeof loader>();
  const [params] = useSearchParams();
  const unit = params.get("unit");
  const { revalidate } = useRevalidator();
  useNotices({ organizationId: fleet.organizationId, as: "staff", only: "inspection", reread: revalidate });
  const { load, data } = useFetcher<typeof trailLoader>({ key: `trail-${unit}` });
  useEffect(() => {
    if (unit) load(paths.staff.trail(unit));
  }, [unit, load]);
  return (
    <FleetScreen
      {...fleet}
      as="staff"
      trail={unit ? (data?.points ?? null) : null}
      empty={
        <>
          <PageHeader title="Fleet" />
          <PageBody>
            <Empty
              title="No units yet"
              body="Your customers' trucks, trailers and equipment show up here. Units with a tracker move on the map."
              action={
                mayAdd && (
                  <div className="flex flex-wrap gap-2">
                    <ButtonLink to={paths.staff.customers} kind="primary">
                      Add the first customer
                    </ButtonLink>
                    <ButtonLink to={paths.staff.rates}>Set your rates</ButtonLink>
                    {mayInvite && <ButtonLink to={paths.staff.people}>Invite your people</ButtonLink>}
                  </div>
                )
              }
            />
          </PageBody>
        </>
      }
    />
  );
}
