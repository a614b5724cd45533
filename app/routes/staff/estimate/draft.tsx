import { Camera, Plus, Trash2 } from "lucide-react";
import { Form, Link, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { HeadFields } from "~/modules/estimates/head-form.view";
import type { Revision } from "~/modules/estimates/revision";
import { ButtonLink } from "~/ui/button";
import { Disclosure } from "~/ui/disclosure";
import { Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { Icon } from "~/ui/icon";
import { Section } from "~/ui/page";
import { useRefused } from "~/ui/use-refused";
import type { PageData } from "./data.server";

/** The jobs of a draft; each is edited, photographed and removed on its own. */
export function DraftJobs({ draft }: { draft: Revision }) {
  const { estimate, photos, canned, freshJob } = useLoaderData<PageData>();
  return (
    <Section
      title="Jobs"
      count={draft.content.groups.length}
      action={
        <div className="flex flex-wrap gap-2">
          <ButtonLink to={paths.staff.estimateJob(estimate.id, freshJob)} icon={Plus}>
            Add job
          </ButtonLink>
          {canned.length > 0 && (
            <Disclosure title="Add canned job" floats>
              <Form method="post" className="grid gap-3">
                <input type="hidden" name="intent" value="canned" />
                <input type="hidden" name="job" value={freshJob} />
                <Select label="Canned job" name="canned">
                  {canned.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
                <SubmitButton pendingLabel="Adding">Add to estimate</SubmitButton>
              </Form>
            </Disclosure>
          )}
        </div>
      }
    >
      {draft.content.groups.length === 0 && <p className="text-ink-soft">Add the first job and its lines.</p>}
      <ul aria-label="Jobs" className="divide-y divide-line">
        {draft.content.groups.map((group, at) => (
          <li key={group.id} className="flex flex-wrap items-center gap-x-4">
            <span className="min-w-0 flex-1 basis-60">
              {at + 1}. {group.complaint}
              <span className="flex flex-wrap gap-x-4 text-small">
                {group.lines.map(({ id, text }) => (
                  <Link
                    key={id}
                    to={paths.staff.estimateLine(estimate.id, id)}
                    className="inline-flex min-h-[24px] items-center gap-1 text-accent underline-offset-2 hover:underline"
                  >
                    <Icon of={Camera} />
                    {photos[id]?.length ?? 0}
                    <span className="sr-only"> photos of</span> {text}
                  </Link>
                ))}
              </span>
            </span>
            <Link
              to={paths.staff.estimateJob(estimate.id, group.id)}
              className="inline-flex min-h-(--target) items-center font-semibold text-accent underline-offset-2 hover:underline"
            >
              Edit<span className="sr-only"> job {at + 1}</span>
            </Link>
            <Form method="post">
              <input type="hidden" name="intent" value="remove-job" />
              <input type="hidden" name="version" value={draft.version} />
              <input type="hidden" name="job" value={group.id} />
              <SubmitButton kind="quiet" icon={Trash2} pendingLabel="Removing">
                Remove<span className="sr-only"> job {at + 1}</span>
              </SubmitButton>
            </Form>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The draft's title, notes, deposit and last day. */
export function DraftHead({ draft }: { draft: Revision }) {
  const { head } = useLoaderData<PageData>();
  const changing = useRefused()("head");
  return (
    <Disclosure title="Edit title, notes or expiration" open={changing !== undefined}>
      <Form method="post" className="grid gap-3" noValidate>
        <input type="hidden" name="intent" value="head" />
        <input type="hidden" name="version" value={draft.version} />
        <HeadFields values={{ ...head, ...changing?.typed }} errors={changing?.fields} />
        <SubmitButton pendingLabel="Saving">Save</SubmitButton>
      </Form>
    </Disclosure>
  );
}
