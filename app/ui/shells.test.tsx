import { Truck } from "lucide-react";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from "react-router";
import { expect, test } from "vitest";
import { Field, Switch } from "./field";
import { ErrorSummary } from "./form";
import { PortalShell } from "./portal-shell";
import { StaffShell } from "./staff-shell";

async function html(element: ReactElement): Promise<string> {
  const handler = createStaticHandler([{ path: "*", element }]);
  const context = await handler.query(new Request("https://harbor.test/"));
  if (context instanceof Response) throw new Error("no loader here redirects");
  return renderToStaticMarkup(<StaticRouterProvider router={createStaticRouter(handler.dataRoutes, context)} context={context} hydrate={false} />);
}

const nav = [{ to: "/", label: "Fleet", icon: Truck, end: true }];
const staff = (
  <StaffShell organization="Harbor Diesel" person="Maria" nav={[{ label: "Work", items: nav }]} search={null} add={null} addTo="/work-orders/new">
    page
  </StaffShell>
);

test("the first link of a page skips to its content", async () => {
  expect(/<a [^>]*href="([^"]+)"/.exec(await html(staff))?.[1]).toBe("#main");
  expect(await html(staff)).toContain('<main id="main"');
});

test("signing out is a plain post that names the portal", async () => {
  expect(await html(staff)).toMatch(/<form method="post" action="\/sign-out"[^>]*><input type="hidden" name="as" value="staff"\/>.*Sign out<\/button>/s);
});

test("a portal uses its shop's color, adjusted to be readable", async () => {
  const page = await html(
    <PortalShell as="vendor" brand={{ name: "Harbor Diesel", color: "#ffee00" }} party="Gearworks" nav={nav}>
      page
    </PortalShell>,
  );
  expect(page).toMatch(/style="--brand-light:#[0-9a-f]{6};/);
  expect(page).not.toContain("#ffee00;--brand-ink-light");
});

test("a field is connected to its label, hint, unit and error", async () => {
  const field = await html(<Field label="Odometer" name="odometer" unit="mi" hint="Off the dash" error={["Enter miles"]} />);
  expect(field).toContain('<label for="odometer"');
  expect(field).toContain('aria-invalid="true"');
  expect(field).toContain('aria-describedby="odometer-hint odometer-error odometer-unit"');
  for (const part of ["hint", "error", "unit"]) expect(field).toContain(`id="odometer-${part}"`);
});

test("the summary links each error to its field, and renders nothing without errors", async () => {
  expect(await html(<ErrorSummary errors={{ odometer: ["Enter miles"], vin: undefined }} />)).toMatch(
    /role="alert".*<a href="#odometer"[^>]*>Enter miles<\/a>/s,
  );
  expect(await html(<ErrorSummary errors={{ vin: [] }} />)).toBe("");
});

test("a switch is a checkbox underneath", async () => {
  expect(await html(<Switch label="Portal access enabled" name="portal" defaultChecked />)).toMatch(/<input[^>]*type="checkbox" role="switch"[^>]*checked/);
});
