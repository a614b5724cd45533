import { Form } from "react-router";
import { brandVariables } from "~/kernel/brand";
import { paths } from "~/kernel/paths";
import { BrandMark, type ShopBrand } from "~/ui/brand-mark";
import { Button } from "~/ui/button";
import { FILE_CONTROL } from "~/ui/field-frame";
import { SubmitButton } from "~/ui/form";

/** Sets or removes the logo, in a form of its own so that unsaved details aren't submitted with it. */
export function LogoForm({ has }: { has: boolean }) {
  return (
    <Form method="post" action={paths.staff.logo} encType="multipart/form-data" className="grid justify-items-start gap-2">
      <label htmlFor="logo" className="font-semibold">
        {has ? "New logo" : "Logo"}
      </label>
      <p id="logo-hint" className="-mt-1.5 text-small text-ink-soft">
        PNG, JPEG or WebP, up to 1 MB. A wide logo works best. Shown in portals, on sign-in pages, in emails and on PDFs (not WebP).
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

/** Preview of the shop's brand on a light and a dark screen. */
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
            <span className="text-accent underline underline-offset-2">View estimate</span>
            <span className="rounded-plate bg-accent-soft px-2 py-0.5 text-accent">3 new</span>
          </span>
        </div>
      ))}
    </div>
  );
}
