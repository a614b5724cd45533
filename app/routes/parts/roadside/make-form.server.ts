import * as z from "zod";
import { roadsidePeriodNames } from "~/modules/inspections/roadside/roadside";
import { idField } from "~/platform/http/fields.server";

/** Forms of the list of a unit's roadside pages, for staff and customers. */
export const openForm = z.object({ id: idField("roadside", "Reload the page and try again."), period: z.enum(roadsidePeriodNames, "Choose how long.") });
export const endForm = z.object({ page: idField("roadside", "Reload the page and try again.") });
