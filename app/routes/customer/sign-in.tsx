import { useActionData, useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { LinkDoor } from "~/sign-in/link-sign-in";
import { linkDoor } from "~/sign-in/link-sign-in.server";

export const meta = () => [{ title: "Sign in" }];
export const loader = linkDoor("customer").loader;
export const action = linkDoor("customer").action;

export default function CustomerSignIn() {
  const { brand, asked } = useLoaderData<typeof loader>();
  const problem = useActionData<typeof action>()?.problem;
  return (
    <LinkDoor
      brand={brand}
      at={paths.customer.signIn}
      title="Your vehicles"
      lead="See where your vehicles are and how the work stands. No password: we mail you a link."
      asked={asked}
      problem={problem}
    />
  );
}
