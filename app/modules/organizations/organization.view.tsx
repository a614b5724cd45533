import { Form } from "react-router";
import { brandVariables } from "~/kernel/brand";
import { paths } from "~/kernel/paths";
import { BrandMark, type ShopBrand } from "~/ui/brand-mark";
import { Button } from "~/ui/button";
import { FILE_CONTROL } from "~/ui/field-frame";
import { SubmitButton } from "~/ui/form";

/** Another logo, or none. A form of its own: a file is sent as soon as it is chosen well, whatever else is being typed. */
export function LogoForm({ has }: { has: boolean }) {
  return (
    <Form method="post" action={paths.staff.logo} encType="multipart/form-data" className="grid justify-items-start gap-2">
      <label htmlFor="logo" className="font-semibold">
        {has ? "Another logo" : "Logo"}
      </label>
      <p id="logo-hint" className="-mt-1.5 text-small text-ink-soft">
        PNG, JPEG or WebP, up to 1 MB; best wider than high. Shown in portals, at the sign-in, in mails and, unless it is a WebP, on PDFs.
      </p>
      <input id="logo" type="file" name="logo" accept="image/png,image/jpeg,image/webp" aria-describedby="logo-hint" className={FILE_CONTROL} />
      <span className="flex flex-wrap gap-2">
        <SubmitButton kind="quiet" pendingLabel="Sending">
          Use this logo
        </SubmitButton>
        {has && (
          <Button type="submit" name="intent" value="remove">
            Remove logo
          </Button>
        )}
      </span>
    </Form>
  );
}

/** How a customer sees the shop, on a light and on a dark screen. */
export function BrandPreview({ brand, color }: { brand: ShopBrand; color: string }) {
  return (
    <div aria-hidden="true" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-1">
      {(["light", "dark"] as const).map((scheme) => (
        <div
          key={scheme}
          style={{ ...brandVariables(color), colorScheme: scheme }}
          className="branded grid gap-3 overflow-hidden rounded-corner border border-t-4 border-line border-t-accent bg-panel pb-3 text-ink"
        >
          <span className="border-b border-line bg-ground px-3 py-2">
            <BrandMark brand={brand} />
          </span>
          <span className="flex flex-wrap items-center gap-3 px-3">
            <span className="rounded-corner bg-accent px-3 py-1.5 font-semibold text-accent-ink">Approve</span>
            <span className="text-accent underline underline-offset-2">See the estimate</span>
            <span className="rounded-plate bg-accent-soft px-2 py-0.5 text-accent">3 new</span>
          </span>
        </div>
      ))}
    </div>
  );
}
