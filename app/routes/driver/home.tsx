import { Link, useLoaderData } from "@remix-run/react";
import { paths } from "~/kernel/paths";
import { driver } from "~/platform/http/guards.server";
import { Empty } from "~/ui/empty";

export const meta = () => [{ title: "Your vehicles" }];
export const loader = driver.loader("home:read", async ({ session }) => ({ name: session.membership.name, shop: session.organization.name }));

export default function DriverHome() {
  const { name, shop } = useLoaderData<typeof loader>();
  return (
    <>
      <h1 className="text-title">{name}</h1>
      <Empty title="No vehicle is assigned to you" body={`Ask ${shop} to assign your truck. It then stands here, ready to inspect.`} />
      <Link to={paths.driver.sessions} className="inline-flex min-h-(--target) items-center text-accent underline">
        Your sign-ins
      </Link>
    </>
  );
}
