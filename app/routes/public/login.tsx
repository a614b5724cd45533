import { useActionData, useLoaderData } from "react-router";
import { PasswordDoor } from "~/sign-in/password-sign-in";
import { passwordDoor } from "~/sign-in/password-sign-in.server";

export const meta = () => [{ title: "Sign in · BayTrack" }];
export const loader = passwordDoor("staff").loader;
export const action = passwordDoor("staff").action;

export default function Login() {
  const { brand } = useLoaderData<typeof loader>();
  return <PasswordDoor as="staff" brand={brand} title="Shop sign-in" lead="For the people who work here." problem={useActionData<typeof action>()?.problem} />;
}
