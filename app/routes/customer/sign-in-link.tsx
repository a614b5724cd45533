import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { LinkLanding } from "~/sign-in/link-sign-in";
import { linkLanding } from "~/sign-in/link-sign-in.server";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign in" }];
export const loader = linkLanding("customer").loader;
export const action = linkLanding("customer").action;

export default function CustomerSignInLink() {
  const { brand } = useLoaderData<typeof loader>();
  return <LinkLanding brand={brand} at={paths.customer.signIn} problem={useFormResult<typeof action>()?.problem} />;
}
