import { useActionData, useLoaderData } from "@remix-run/react";
import { paths } from "~/kernel/paths";
import { LinkDoor } from "../link-door";
import { linkDoor } from "../link-door.server";

export const meta = () => [{ title: "Sign in" }];
export const loader = linkDoor("driver").loader;
export const action = linkDoor("driver").action;

export default function DriverSignIn() {
  const { brand, asked } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <LinkDoor
      brand={brand}
      at={paths.driver.signIn}
      title="Driver sign-in"
      lead="Inspect your truck from the phone. We mail you a link."
      asked={asked}
      problem={problem}
      density="driver"
    />
  );
}
