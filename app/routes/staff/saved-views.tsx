import { useLoaderData } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { MOST_NAME, MOST_VIEWS, parseSavedList, type SavedList, savedLists, viewSearch } from "~/modules/people/saved-views/saved-view";
import { readSavedViews, removeView, saveView } from "~/modules/people/saved-views/saved-views.server";
import { requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { onField } from "~/platform/http/refusals.server";
import { CommandForm } from "~/ui/command-form";
import { Empty } from "~/ui/empty";
import { Field } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { TextLink } from "~/ui/text-link";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Saved views" }];

export const loader = staff.loader("view:own", async ({ services, session, url }) => {
  const list = parseSavedList(url.searchParams.get("list")) ?? "work-orders";
  return { list, search: viewSearch(url.searchParams.get("search") ?? ""), views: await readSavedViews(services, { me: session.membership.id, list }) };
});

const list = z.enum(savedLists);
const listNames: Record<SavedList, string> = {
  "work-orders": "work orders",
  estimates: "estimates",
  invoices: "invoices",
  assets: "units",
  customers: "customers",
  inspections: "inspections",
};

export const action = staff.commands({
  save: staff.command({
    permission: "view:own",
    form: z.object({ list, search: z.string().max(1_000), name: requiredText(MOST_NAME, "Enter a name.") }),
    run: ({ services, session, form: { list, ...view } }) => saveView(services, { me: session.membership.id, list }, view),
    goTo: ({ form }) => `${paths.staff.list(form.list)}?${viewSearch(form.search)}`,
    refusals: {
      "nothing-to-save": "Choose a filter, search or order on the list first.",
      "too-many": onField("name", `You have ${MOST_VIEWS} views of this list. Delete one first, or use the name of one to replace it.`),
    },
  }),
  remove: staff.command({
    permission: "view:own",
    form: z.object({ list, name: z.string() }),
    run: ({ services, session, form }) => removeView(services, { me: session.membership.id, list: form.list }, form.name),
    done: (_, { form }) => `${form.name} is deleted.`,
  }),
});

export default function SavedViews() {
  const { list, search, views } = useLoaderData<typeof loader>();
  const result = useFormResult<typeof action>();
  const to = paths.staff.list(list);
  return (
    <>
      <PageHeader title="Saved views" />
      <PageBody>
        <FormResult result={result} />
        <p className="max-w-160 text-ink-soft">A view of {listNames[list]} keeps filter, search and order under a name. Only you see your views.</p>
        {search && (
          <CommandForm<typeof action> intent="save" className="grid max-w-120 gap-3">
            <input type="hidden" name="list" value={list} />
            <input type="hidden" name="search" value={search} />
            <Field label="Name of this view" name="name" maxLength={MOST_NAME} required />
            <div>
              <SubmitButton kind="primary" pendingLabel="Saving">
                Save view
              </SubmitButton>
            </div>
          </CommandForm>
        )}
        {views.length === 0 && !search && <Empty title="No views yet" body="Filter, search or sort the list, then choose Save this view." />}
        {views.length > 0 && (
          <Section title={`Your views of ${listNames[list]}`} count={views.length}>
            <ul className="max-w-160 divide-y divide-line border-y border-line">
              {views.map((view) => (
                <li key={view.name} className="flex items-center justify-between gap-3 py-1">
                  <TextLink to={`${to}?${view.search}`}>{view.name}</TextLink>
                  <CommandForm<typeof action> intent="remove" row={{ list, name: view.name }}>
                    <SubmitButton kind="quiet" pendingLabel="Deleting" aria-label={`Delete ${view.name}`}>
                      Delete
                    </SubmitButton>
                  </CommandForm>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <p>
          <TextLink to={to}>Back to the list</TextLink>
        </p>
      </PageBody>
    </>
  );
}
