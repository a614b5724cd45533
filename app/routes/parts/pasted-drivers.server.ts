import * as z from "zod";
import type { addPastedDrivers } from "~/modules/drivers/add-pasted-drivers.server";
import { idField } from "~/platform/http/fields.server";

// What the pages that take a list of drivers have in common, at the shop and in the customer's portal.

const text = z.string().trim().min(1, "Paste the list first.");
export const checkedForm = z.object({ text });
export const addedForm = z.object({ text, list: idField("driver", "Check the list again.") });

type Added = Extract<Awaited<ReturnType<typeof addPastedDrivers>>, { ok: true }>["value"];

export function addedAnswer({ added, before, refused }: Added) {
  const again = before === 0 ? "" : ` ${before} ${before === 1 ? "was" : "were"} already added by this form. If no one wrote down the PINs, reset them.`;
  return {
    done: `${added.length === 1 ? "1 driver" : `${added.length} drivers`} added.${again}`,
    tone: added.length === 0 ? ("amber" as const) : ("green" as const),
    added,
    left: refused,
  };
}
