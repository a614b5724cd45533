import { useLoaderData } from "react-router";
import { PasswordSignIn } from "~/sign-in/password-sign-in";
import { passwordSignIn } from "~/sign-in/password-sign-in.server";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign in · BayTrack" }];
export const loader = passwordSignIn("staff").loader;
export const action = passwordSignIn("staff").action;

export default function Login() {
  const { brand } = useLoaderData<typeof loader>();
  return <PasswordSignIn as="staff" brand={brand} title="Shop sign-in" lead="For shop staff." problem={useFormResult<typeof action>()?.problem} />;
}
