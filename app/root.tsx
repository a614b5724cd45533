import type { ReactNode } from "react";
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches, useRouteError } from "react-router";
import { ButtonLink } from "~/ui/button";
import { ErrorPage } from "~/ui/error-page";
import { CAPTURE_INPUT, replayInput } from "~/ui/input-replay";
import { NavigationProgress } from "~/ui/navigation-progress";
import { useNonce } from "~/ui/nonce";
import "~/ui/theme.css";

export const meta = () => [{ title: "BayTrack" }];

/** A script of a page's own that runs before anything else is here. */
type Handle = { early?: string } | undefined;

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce();
  const early = useMatches()
    .map(({ handle }) => (handle as Handle)?.early)
    .find(Boolean); // routes write no other
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant script of the app itself. */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: CAPTURE_INPUT }} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant script of the app itself. */}
        {early && <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: early }} />}
        <Meta />
        <Links />
      </head>
      <body ref={replayInput}>
        <NavigationProgress />
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

const refusals: Record<number, { title: string; what: string; todo: string }> = {
  401: { title: "Sign in first", what: "This page needs you to be signed in.", todo: "Sign in and come back." },
  403: { title: "No access", what: "You don't have access to this page.", todo: "Ask the owner of your shop." },
  404: { title: "Page not found", what: "This page doesn't exist, or you don't have access to it.", todo: "Check the address, or go to the home page." },
};

export function ErrorBoundary() {
  const error = useRouteError();
  if (isRouteErrorResponse(error)) {
    const known = refusals[error.status];
    if (known) {
      return (
        <Alone>
          <ErrorPage
            {...known}
            what={typeof error.data === "string" && error.status === 403 ? error.data : known.what}
            action={
              <ButtonLink to="/" reloadDocument>
                Go to the home page
              </ButtonLink>
            }
          />
        </Alone>
      );
    }
  }
  return (
    <Alone>
      <ErrorPage
        title="This page failed"
        what="Something went wrong on our side."
        safe="Saved data is safe. A form you just sent may not have been saved."
        todo="Reload the page. If it fails again, send us the reference, or the time and the page."
        reference={isRouteErrorResponse(error) && error.status === 500 && typeof error.data === "string" ? error.data : undefined}
        action={
          <ButtonLink to="" reloadDocument>
            Reload
          </ButtonLink>
        }
      />
    </Alone>
  );
}

/** An error page has no shell around it, so it brings its own main landmark. */
function Alone({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="density-portal min-h-dvh bg-panel">
      {children}
    </main>
  );
}
