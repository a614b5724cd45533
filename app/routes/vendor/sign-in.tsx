import { useLoaderData } from "react-router";
import { PasswordSignIn } from "~/sign-in/password-sign-in";
import { passwordSignIn } from "~/sign-in/password-sign-in.server";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Vendor sign-in" }];
export const loader = passwordSignIn("vendor").loader;
export const action = passwordSignIn("vendor").action;

export default function VendorSignIn() {
  const { brand } = useLoaderData<typeof loader>();
  return (
    <PasswordSignIn
      as="vendor"
      brand={brand}
      title="Vendor sign-in"
      lead={`For shops that work for ${brand.name}.`}
      problem={useFormResult<typeof action>()?.problem}
    />
  );
}
