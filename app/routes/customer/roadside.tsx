import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { readContactRights } from "~/modules/customers/contacts/contact.read.server";
import { rightRefusalMessage, seesWork } from "~/modules/customers/contacts/contact-rights";
import { endRoadsidePage, openRoadsidePage } from "~/modules/inspections/roadside/change-roadside.server";
import type { ServicesOf } from "~/platform/http/authed.server";
import { customer } from "~/platform/http/guards.server";
import { refuse } from "~/platform/http/problem.server";
import { notAllowed } from "~/platform/http/refusals.server";
import { FormResult } from "~/ui/form-result";
import { useFormResult } from "~/ui/use-form-result";
import { roadsideData } from "../parts/roadside/data.server";
import { endForm, openForm } from "../parts/roadside/make-form.server";
import { RoadsideList } from "../parts/roadside/roadside-list";

export const meta = () => [{ title: "Roadside page" }];

export const loader = customer.loader("roadside:open", async (args) => {
  const { services, session } = args;
  if (!seesWork(await readContactRights(services.db))) throw refuse(403, rightRefusalMessage({ kind: "no-right", right: "documents" }, session.organization));
  return roadsideData(args);
});

/** Who doesn't see inspections opens them to nobody. */
const lacksRight = async ({ db }: ServicesOf<"customer">) => (seesWork(await readContactRights(db)) ? null : err({ kind: "no-right" as const }));
const NO_RIGHT = notAllowed("You can't see inspections. Ask a colleague, or ask the shop to give you access.");

export const action = customer.commands({
  open: customer.command({
    permission: "roadside:open",
    form: openForm,
    run: async ({ services, id, form }) => (await lacksRight(services)) ?? openRoadsidePage(services, { ...form, assetId: id("asset") }),
    done: "The page is open. Show the code to the officer.",
    refusals: { "id-taken": "Reload the page and try again.", "no-right": NO_RIGHT },
  }),
  end: customer.command({
    permission: "roadside:open",
    form: endForm,
    run: async ({ services, id, form }) => (await lacksRight(services)) ?? endRoadsidePage(services, form.page, id("asset")),
    done: "The page is closed.",
    refusals: { "no-right": NO_RIGHT },
  }),
});

export default function PortalRoadside() {
  const data = useLoaderData<typeof loader>();
  return (
    <>
      <FormResult result={useFormResult<typeof action>()} />
      <RoadsideList {...data} back={paths.customer.asset(data.unit.id)} />
    </>
  );
}
