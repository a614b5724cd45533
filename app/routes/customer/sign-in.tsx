import { useLoaderData } from "react-router";
import { paths } from "~/kernel/paths";
import { LinkSignIn } from "~/sign-in/link-sign-in";
import { linkSignIn } from "~/sign-in/link-sign-in.server";
import { useFormResult } from "~/ui/use-form-result";

export const meta = () => [{ title: "Sign in" }];
export const loader = linkSignIn("customer").loader;
export const action = linkSignIn("customer").action;

export default function CustomerSignIn() {
  const { brand, asked } = useLoaderData<typeof loader>();
  const problem = useFormResult<typeof action>()?.problem;
  return (
    <LinkSignIn
      brand={brand}
      at={paths.customer.signIn}
      title="Your vehicles"
      lead="See where your vehicles are and how the work is going. No password needed: we'll email you a link."
      asked={asked}
      problem={problem}
    />
  );
}
