import { Form, useActionData, useLoaderData } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { never } from "~/kernel/result";
import { formatAge } from "~/kernel/time";
import { assignDevice } from "~/modules/telematics/devices/assign-device.server";
import { type DeviceRow, readDevices } from "~/modules/telematics/devices/devices.read.server";
import { endKey, issueKey } from "~/modules/telematics/devices/ingest-keys.server";
import { staff } from "~/platform/http/guards.server";
import { problem } from "~/platform/http/problem.server";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { FormProblem, SubmitButton } from "~/ui/form";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";

export const meta = () => [{ title: "Devices" }];

export const loader = staff.loader("device:manage", async ({ services, session, url }) => {
  const { zone, locale, publicOrigin } = session.organization;
  return {
    ...(await readDevices(services)),
    zone,
    locale,
    address: publicOrigin || url.origin,
    now: services.clock.now(),
    suggested: url.searchParams.get("code") ?? "",
  };
});

const DevicesForm = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("assign"),
    code: z.string().trim().min(1, "Type the id that the tracker sends."),
    asset: z.string().min(1, "Choose the unit that it rides in."),
  }),
  z.object({
    intent: z.literal("issue"),
    label: z.string().trim().min(1, "Say what the key is for.").max(80, "Keep it under 80 letters."),
    device: z.string(),
  }),
  z.object({ intent: z.literal("end"), key: z.string() }),
]);

export const action = staff.action("device:manage", DevicesForm, async ({ services, form }) => {
  if (form.intent === "assign") {
    const assigned = await assignDevice(services, { code: form.code, assetId: parseId("asset", form.asset) });
    if (assigned.ok) return { problem: null, done: `${assigned.value.code} is assigned.`, secret: null };
    switch (assigned.error.kind) {
      case "bad-code":
        return problem(422, { message: assigned.error.message, fields: { code: assigned.error.message }, values: form });
      case "no-asset":
        return problem(422, { message: "That unit is not there any more.", fields: { asset: "Choose another unit." }, values: form });
      case "stale":
        return problem(409, { message: "Somebody else assigned this tracker just now. Look again and repeat it if it is still right." });
      default:
        return never(assigned.error);
    }
  }
  if (form.intent === "issue") {
    const issued = await issueKey(services, { label: form.label, deviceCode: form.device || null });
    return issued.ok ? { problem: null, done: null, secret: issued.value.secret } : problem(422, { message: "That tracker is not there any more." });
  }
  const id = parseId("key", form.key);
  const ended = id ? await endKey(services, id) : null;
  return ended?.ok
    ? { problem: null, done: "The key is ended. Trackers that use it are refused from now on.", secret: null }
    : problem(404, { message: "There is no such key." });
});

export default function Devices() {
  const { devices, unknown, assets, keys, answers, zone, locale, address, now, suggested } = useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const refusal = result?.problem;
  const done = result && "done" in result ? result : null;
  return (
    <>
      <PageHeader title="Devices" state={<span className="text-ink-soft">Trackers and phones that report positions</span>} />
      <PageBody>
        {refusal && <FormProblem problem={{ what: refusal.message }} />}
        {done?.done && <Notice tone="green" title={done.done} />}
        {done?.secret && (
          <Notice tone="green" title="Copy the key now. It is not shown again.">
            <p className="font-mono break-all">{done.secret}</p>
            <p className="break-all">
              Address for Traccar Client and OsmAnd: <span className="font-mono">{`${address}/api/telematics/osmand/${done.secret}`}</span>
            </p>
          </Notice>
        )}
        {!answers && (
          <Notice tone="amber" title="The live room does not answer">
            What each tracker last said is missing for now.
          </Notice>
        )}
        {unknown.length > 0 && (
          <Section title="Calling, but not known" count={unknown.length}>
            <ul className="divide-y divide-line border-y border-line">
              {unknown.map(({ code, lastAt, requests }) => (
                <li key={code} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                  <span className="font-mono">{code}</span>
                  <span className="text-small text-ink-soft">
                    called {requests === 1 ? "once" : `in ${requests} minutes`}, last {formatAge(Math.max(0, now - lastAt))} ago
                  </span>
                  <Form method="post" className="flex flex-wrap items-end gap-2">
                    <input type="hidden" name="intent" value="assign" />
                    <input type="hidden" name="code" value={code} />
                    <AssetSelect id={`asset-${code}`} label={`Unit for ${code}`} assets={assets} />
                    <SubmitButton pendingLabel="Assigning" kind="quiet">
                      Assign
                    </SubmitButton>
                  </Form>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title="Trackers" count={devices.length}>
          {devices.length === 0 ? (
            <Empty title="No tracker yet" body="Let a tracker call the address below with its id, and it shows up here to be assigned. Or type its id." />
          ) : (
            <DataTable
              caption="Trackers"
              rows={devices}
              rowKey={({ code }: DeviceRow) => code}
              columns={[
                { key: "code", title: "Tracker", code: true, cell: ({ code }) => code },
                { key: "unit", title: "Rides in", cell: ({ unitNumber }) => (unitNumber ? <UnitPlate number={unitNumber} /> : "nothing") },
                { key: "customer", title: "Customer", from: "sm", cell: ({ customer }) => customer ?? "" },
                {
                  key: "heard",
                  title: "Last heard",
                  cell: ({ lastReadingAt }) => (lastReadingAt === null ? "never" : <Moment at={lastReadingAt} zone={zone} locale={locale} now={now} />),
                },
                { key: "late", title: "Late", figures: true, from: "lg", cell: ({ late }) => late },
                { key: "duplicates", title: "Sent twice", figures: true, from: "lg", cell: ({ duplicates }) => duplicates },
                { key: "aside", title: "Set aside", figures: true, from: "sm", cell: ({ rejected }) => rejected },
                { key: "why", title: "Last reason", from: "xl", cell: ({ lastRejection }) => lastRejection ?? "" },
                { key: "key", title: "Key", from: "lg", cell: ({ hasOwnKey }) => (hasOwnKey ? "its own" : "common") },
              ]}
            />
          )}
        </Section>
        <div className="grid gap-6 lg:grid-cols-2">
          <Section title="Assign a tracker">
            <Form method="post" className="grid max-w-96 gap-3" noValidate>
              <input type="hidden" name="intent" value="assign" />
              <Field
                label="Tracker id"
                name="code"
                hint="As the tracker sends it, such as NL-101 or an IMEI"
                defaultValue={refusal?.values?.code ?? suggested}
                error={refusal?.fields?.code}
                required
              />
              <AssetSelect id="asset" label="Rides in" assets={assets} error={refusal?.fields?.asset} />
              <div>
                <SubmitButton pendingLabel="Assigning">Assign tracker</SubmitButton>
              </div>
            </Form>
          </Section>
          <Section title="Keys" count={keys.length}>
            <p className="text-ink-soft">A tracker proves with a key that it may report here. Only the key's fingerprint is kept.</p>
            <ul className="divide-y divide-line border-y border-line">
              {keys.map(({ id, label, deviceCode, createdAt }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 py-1.5">
                  <span>
                    {label}
                    {deviceCode && <span className="font-mono"> {deviceCode}</span>}
                    <span className="block text-small text-ink-soft">
                      since <Moment at={createdAt} zone={zone} locale={locale} now={now} />
                    </span>
                  </span>
                  <Form method="post">
                    <input type="hidden" name="intent" value="end" />
                    <input type="hidden" name="key" value={id} />
                    <Button type="submit" kind="danger" aria-label={`End key ${label}`}>
                      End key
                    </Button>
                  </Form>
                </li>
              ))}
            </ul>
            <Form method="post" className="grid max-w-96 gap-3" noValidate>
              <input type="hidden" name="intent" value="issue" />
              <Field label="What is the key for?" name="label" error={refusal?.fields?.label} required />
              <Select label="Who uses it" name="device">
                <option value="">All trackers without a key of their own</option>
                {devices.map(({ code }) => (
                  <option key={code} value={code}>
                    Only {code}
                  </option>
                ))}
              </Select>
              <div>
                <SubmitButton pendingLabel="Making" kind="quiet">
                  Make a key
                </SubmitButton>
              </div>
            </Form>
          </Section>
        </div>
      </PageBody>
    </>
  );
}

type AssetSelectProps = { id: string; label: string; assets: readonly { id: string; unitNumber: string; customer: string }[]; error?: string };

function AssetSelect({ id, label, assets, error }: AssetSelectProps) {
  return (
    <Select label={label} name="asset" id={id} defaultValue="" error={error} required>
      <option value="">Choose a unit</option>
      {assets.map((asset) => (
        <option key={asset.id} value={asset.id}>
          {asset.unitNumber} · {asset.customer}
        </option>
      ))}
    </Select>
  );
}
