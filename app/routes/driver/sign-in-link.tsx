import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { LinkLanding } from "~/sign-in/link-sign-in";
import { linkLanding } from "~/sign-in/link-sign-in.server";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign in" }];
export const loader = linkLanding("driver").loader;
export const action = linkLanding("driver").action;

export default function DriverSignInLink() {
  const { brand } = useLoaderData<typeof loader>();
  return <LinkLanding brand={brand} at={paths.driver.signIn} problem={useFormResult<typeof action>()?.problem} density="driver" />;
}
