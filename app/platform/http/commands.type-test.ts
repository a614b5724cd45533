import * as z from "zod";
import { err, ok, type Result } from "~/kernel/result";
import { noFields } from "./commands.server";
import { staff, vendor } from "./guards.server";
import { onField } from "./refusals.server";

/* Mistakes that must not compile. Nothing here runs: tsc checks it. */
declare function archive(): Promise<Result<null, { kind: "stale" } | { kind: "too-late"; day: string }>>;

export const action = staff.commands({
  archive: staff.command({
    permission: "asset:manage",
    form: noFields,
    run: archive,
    done: "Archived.",
    refusals: { "too-late": ({ day }) => onField("day", day) },
  }),
  save: staff.command({ permission: "asset:manage", form: z.object({ name: z.string() }), run: async ({ form }) => ok(form.name), done: (name) => name }),
});

export const loader = staff.loader("asset:read", async () => ({ unit: 1 }), action);

export async function holes(args: Parameters<typeof loader>[0]) {
  const page = await loader(args);
  page.can.archive satisfies string | null;
  // @ts-expect-error a command that the page does not have
  page.can.sell;

  // @ts-expect-error changing something takes more than a permission to read
  staff.command({ permission: "asset:read", form: noFields, run: async () => ok(null) });
  // @ts-expect-error a permission of another portal
  vendor.command({ permission: "asset:manage", form: noFields, run: async () => ok(null) });
  // @ts-expect-error a refusal without an answer
  staff.command({ permission: "asset:manage", form: noFields, run: archive });
  // @ts-expect-error an answer to a refusal that never comes
  staff.command({ permission: "asset:manage", form: noFields, run: async () => err({ kind: "stale" as const }), refusals: { lost: "Lost." } });
  // @ts-expect-error a field that the form does not have
  staff.command({ permission: "asset:manage", form: z.object({ name: z.string() }), run: async ({ form }) => ok(form.title) });
  // @ts-expect-error an action that is no table of commands
  staff.commands({ archive });
}
