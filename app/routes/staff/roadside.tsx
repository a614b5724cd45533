import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { endRoadsidePage, openRoadsidePage } from "~/modules/inspections/roadside/change-roadside.server";
import { staff } from "~/platform/http/guards.server";
import { FormResult } from "~/ui/form-result";
import { useFormResult } from "~/ui/use-form-result";
import { roadsideData } from "../parts/roadside/data.server";
import { endForm, openForm } from "../parts/roadside/make-form.server";
import { RoadsideList } from "../parts/roadside/roadside-list";

export const meta = () => [{ title: "Roadside page" }];

export const loader = staff.loader("roadside:open", roadsideData);

export const action = staff.commands({
  open: staff.command({
    permission: "roadside:open",
    form: openForm,
    run: ({ services, id, form }) => openRoadsidePage(services, { ...form, assetId: id("asset") }),
    done: "The page is open. Show the code to the officer.",
    refusals: { "id-taken": "Reload the page and try again." },
  }),
  end: staff.command({
    permission: "roadside:open",
    form: endForm,
    run: ({ services, id, form }) => endRoadsidePage(services, form.page, id("asset")),
    done: "The page is closed.",
  }),
});

export default function Roadside() {
  const data = useLoaderData<typeof loader>();
  return (
    <>
      <FormResult result={useFormResult<typeof action>()} />
      <RoadsideList {...data} back={paths.staff.asset(data.unit.id)} />
    </>
  );
}
