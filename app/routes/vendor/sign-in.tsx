import { useActionData, useLoaderData } from "react-router";
import { PasswordDoor } from "~/sign-in/password-sign-in";
import { passwordDoor } from "~/sign-in/password-sign-in.server";

export const meta = () => [{ title: "Vendor sign-in" }];
export const loader = passwordDoor("vendor").loader;
export const action = passwordDoor("vendor").action;

export default function VendorSignIn() {
  const { brand } = useLoaderData<typeof loader>();
  return (
    <PasswordDoor
      as="vendor"
      brand={brand}
      title="Vendor sign-in"
      lead={`For shops that work for ${brand.name}.`}
      problem={useActionData<typeof action>()?.problem}
    />
  );
}
