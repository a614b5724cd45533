import { renderToStaticMarkup } from "react-dom/server";
import type { AppLoadContext } from "react-router";
import { readRoadsideToken } from "~/modules/inspections/roadside/roadside-token.server";
import { forJob } from "~/platform/scope/scope.server";
import { type RoadsideRecord, readRoadside } from "~/queries/roadside.server";
import { RoadsidePage } from "./page";

const OVER = "This page is closed. Ask the driver or the carrier for a new one.\n";

/** The whole page as one file: nothing to load, nothing that runs. */
export async function roadsideAnswer(context: AppLoadContext, request: Request, token: string | undefined): Promise<Response> {
  const page = readRoadsideToken(context.platform.settings.linkKey, token);
  const organization = page && (await context.platform.directory.organization(page.organizationId));
  const services = page && context.servicesFor(forJob(page.organizationId, "Roadside page", request));
  const record = page && services && (await readRoadside(services.db, page.id, services.clock.now()));
  if (!organization || !record) return new Response(OVER, { status: 404, headers: { "Cache-Control": "no-store" } });
  return new Response(roadsideHtml(record, organization), {
    headers: {
      "Content-Type": "text/html; charset=utf-8",
      "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      "Cache-Control": "private, no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
      "X-Robots-Tag": "noindex",
    },
  });
}

/** The page's text, also for the phones that keep it. */
export const roadsideHtml = (
  record: RoadsideRecord,
  organization: Parameters<typeof RoadsidePage>[0]["manner"] & Parameters<typeof RoadsidePage>[0]["shop"],
): string => `<!doctype html>${renderToStaticMarkup(<RoadsidePage record={record} shop={organization} manner={organization} />)}`;
