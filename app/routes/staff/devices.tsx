import { useLoaderData } from "react-router";
import * as z from "zod";
import { formatAge } from "~/kernel/time";
import { assignDevice } from "~/modules/telematics/devices/assign-device.server";
import { type DeviceRow, readDevices } from "~/modules/telematics/devices/devices.read.server";
import { endKey, issueKey } from "~/modules/telematics/devices/ingest-keys.server";
import { idField, requiredText } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { missing, onField, unreadable } from "~/platform/http/refusals.server";
import { Button } from "~/ui/button";
import { Moment } from "~/ui/clock";
import { CommandForm } from "~/ui/command-form";
import { DataTable } from "~/ui/data-table";
import { Empty } from "~/ui/empty";
import { Field, Select } from "~/ui/field";
import { SubmitButton } from "~/ui/form";
import { FormResult } from "~/ui/form-result";
import { useFormat } from "~/ui/format";
import { Notice } from "~/ui/notice";
import { PageBody, PageHeader, Section } from "~/ui/page";
import { UnitPlate } from "~/ui/unit-plate";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Devices" }];

export const loader = staff.loader("device:manage", async ({ services, session, url }) => {
  const { publicOrigin } = session.organization;
  return {
    ...(await readDevices(services)),
    address: publicOrigin || url.origin,
    suggested: url.searchParams.get("code") ?? "",
  };
});

export const action = staff.commands({
  assign: staff.command({
    permission: "device:manage",
    form: z.object({
      code: z.string().trim().min(1, "Enter the ID that the tracker sends."),
      asset: idField("asset", "Choose the unit that the tracker is in."),
    }),
    run: ({ services, form }) => assignDevice(services, { code: form.code, assetId: form.asset }),
    done: ({ code }) => `${code} assigned.`,
    refusals: { "bad-code": ({ message }) => onField("code", message), "no-asset": onField("asset", "That unit doesn't exist anymore. Choose another one.") },
  }),
  "issue-key": staff.command({
    permission: "device:manage",
    form: z.object({ label: requiredText(80, "Enter what the key is for."), device: z.string() }),
    run: ({ services, form }) => issueKey(services, { label: form.label, deviceCode: form.device || null }),
    done: ({ secret }) => ({ done: null, secret }),
    refusals: { "no-device": unreadable("That tracker doesn't exist anymore. Reload the page.") },
  }),
  "revoke-key": staff.command({
    permission: "device:manage",
    form: z.object({ key: idField("key", "That key doesn't exist. Reload the page.") }),
    run: ({ services, form }) => endKey(services, form.key),
    done: "Key revoked. Trackers that use it are refused from now on.",
    refusals: { "not-found": missing("That key doesn't exist. Reload the page.") },
  }),
});

export default function Devices() {
  const { devices, unknown, assets, keys, answers, address, suggested } = useLoaderData<typeof loader>();
  const { now } = useFormat();
  const result = useFormResult<typeof action>();
  const secret = result?.problem === null ? result.secret : undefined;
  return (
    <>
      <PageHeader title="Devices" state={<span className="text-ink-soft">Trackers and phones that report positions</span>} />
      <PageBody>
        <FormResult result={result} />
        {secret && (
          <Notice tone="green" title="Copy the key now. It is not shown again.">
            <p className="font-mono break-all">{secret}</p>
            <p className="break-all">
              Address for Traccar Client and OsmAnd: <span className="font-mono">{`${address}/api/telematics/osmand/${secret}`}</span>
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
                  <CommandForm<typeof action> intent="assign" row={{ code }} className="flex flex-wrap items-end gap-2">
                    <AssetSelect id={`asset-${code}`} label={`Unit for ${code}`} assets={assets} />
                    <SubmitButton pendingLabel="Assigning" kind="quiet">
                      Assign
                    </SubmitButton>
                  </CommandForm>
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
                  cell: ({ lastReadingAt }) => (lastReadingAt === null ? "never" : <Moment at={lastReadingAt} />),
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
            <CommandForm<typeof action> intent="assign" className="grid max-w-96 gap-3">
              <Field label="Tracker ID" name="code" hint="As the tracker sends it, such as NL-101 or an IMEI" defaultValue={suggested} required />
              <AssetSelect id="asset-new" label="Unit" assets={assets} />
              <div>
                <SubmitButton pendingLabel="Assigning">Assign tracker</SubmitButton>
              </div>
            </CommandForm>
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
                      since <Moment at={createdAt} />
                    </span>
                  </span>
                  <CommandForm<typeof action> intent="revoke-key" row={{ key: id }}>
                    <Button type="submit" kind="danger" aria-label={`Revoke key ${label}`}>
                      Revoke key
                    </Button>
                  </CommandForm>
                </li>
              ))}
            </ul>
            <CommandForm<typeof action> intent="issue-key" className="grid max-w-96 gap-3">
              <Field label="What is the key for?" name="label" required />
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
            </CommandForm>
          </Section>
        </div>
      </PageBody>
    </>
  );
}

type AssetSelectProps = { id: string; label: string; assets: readonly { id: string; unitNumber: string; customer: string }[] };

function AssetSelect({ id, label, assets }: AssetSelectProps) {
  return (
    <Select label={label} name="asset" id={id} defaultValue="" required>
      <option value="">Choose a unit</option>
      {assets.map((asset) => (
        <option key={asset.id} value={asset.id}>
          {asset.unitNumber} · {asset.customer}
        </option>
      ))}
    </Select>
  );
}
