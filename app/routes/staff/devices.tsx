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
    code: z.string().trim().min(1, "Enter the ID that the tracker sends."),
    asset: z.string().min(1, "Choose the unit that the tracker is in."),
  }),
  z.object({
    intent: z.literal("issue"),
    label: z.string().trim().min(1, "Enter what the key is for.").max(80, "Use at most 80 characters."),
    device: z.string(),
  }),
  z.object({ intent: z.literal("end"), key: z.string() }),
]);

export const action = staff.action("device:manage", DevicesForm, async ({ services, form }) => {
  if (form.intent === "assign") {
    const assigned = await assignDevice(services, { code: form.code, assetId: parseId("asset", form.asset) });
    if (assigned.ok) return { problem: null, done: `${assigned.value.code} assigned.`, secret: null };
    switch (assigned.error.kind) {
      case "bad-code":
        return problem(422, { message: assigned.error.message, fields: { code: assigned.error.message }, values: form });
      case "no-asset":
        return problem(422, { message: "That unit doesn't exist anymore.", fields: { asset: "Choose another unit." }, values: form });
      case "stale":
        return problem(409, { message: "Someone else just assigned this tracker. Check the latest version and try again." });
      default:
        return never(assigned.error);
    }
  }
  if (form.intent === "issue") {
    const issued = await issueKey(services, { label: form.label, deviceCode: form.device || null });
    return issued.ok
      ? { problem: null, done: null, secret: issued.value.secret }
      : problem(422, { message: "That tracker doesn't exist anymore. Reload the page." });
  }
  const id = parseId("key", form.key);
  const ended = id ? await endKey(services, id) : null;
  return ended?.ok
    ? { problem: null, done: "Key revoked. Trackers that use it are refused from now on.", secret: null }
    : problem(404, { message: "That key doesn't exist. Reload the page." });
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
          <Notice tone="amber" title="Live data is unavailable">
            The last report of each tracker is missing for now.
          </Notice>
        )}
        {unknown.length > 0 && (
          <Section title="Unknown devices" count={unknown.length}>
            <ul className="divide-y divide-line border-y border-line">
              {unknown.map(({ code, lastAt, requests }) => (
                <li key={code} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
                  <span className="font-mono">{code}</span>
                  <span className="text-small text-ink-soft">
                    reported {requests === 1 ? "once" : `in ${requests} different minutes`}, last {formatAge(Math.max(0, now - lastAt))} ago
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
            <Empty title="No trackers yet" body="Point a tracker at the address you get with a key, and it shows up here to be assigned. Or enter its ID." />
          ) : (
            <DataTable
              caption="Trackers"
              rows={devices}
              rowKey={({ code }: DeviceRow) => code}
              columns={[
                { key: "code", title: "Tracker", code: true, cell: ({ code }) => code },
                { key: "unit", title: "Unit", cell: ({ unitNumber }) => (unitNumber ? <UnitPlate number={unitNumber} /> : "unassigned") },
                { key: "customer", title: "Customer", from: "sm", cell: ({ customer }) => customer ?? "" },
                {
                  key: "heard",
                  title: "Last report",
                  cell: ({ lastReadingAt }) => (lastReadingAt === null ? "never" : <Moment at={lastReadingAt} zone={zone} locale={locale} now={now} />),
                },
                { key: "late", title: "Late", figures: true, from: "lg", cell: ({ late }) => late },
                { key: "duplicates", title: "Duplicates", figures: true, from: "lg", cell: ({ duplicates }) => duplicates },
                { key: "aside", title: "Rejected", figures: true, from: "sm", cell: ({ rejected }) => rejected },
                { key: "why", title: "Last reason", from: "xl", cell: ({ lastRejection }) => lastRejection ?? "" },
                { key: "key", title: "Key", from: "lg", cell: ({ hasOwnKey }) => (hasOwnKey ? "own" : "shared") },
              ]}
            />
          )}
        </Section>
        <div className="grid gap-6 lg:grid-cols-2">
          <Section title="Assign a tracker">
            <Form method="post" className="grid max-w-96 gap-3" noValidate>
              <input type="hidden" name="intent" value="assign" />
              <Field
                label="Tracker ID"
                name="code"
                hint="As the tracker sends it, such as NL-101 or an IMEI"
                defaultValue={refusal?.values?.code ?? suggested}
                error={refusal?.fields?.code}
                required
              />
              <AssetSelect id="asset" label="Unit" assets={assets} error={refusal?.fields?.asset} />
              <div>
                <SubmitButton pendingLabel="Assigning">Assign tracker</SubmitButton>
              </div>
            </Form>
          </Section>
          <Section title="Keys" count={keys.length}>
            <p className="text-ink-soft">Trackers use a key to report here. We store only a hash of the key.</p>
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
                    <Button type="submit" kind="danger" aria-label={`Revoke key ${label}`}>
                      Revoke key
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
                <SubmitButton pendingLabel="Creating" kind="quiet">
                  Create key
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
