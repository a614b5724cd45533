import { Authenticator } from "remix-auth";
import { Strategy } from "remix-auth/strategy";
import { FormStrategy } from "remix-auth-form";
import type { Portal } from "~/kernel/audience";
import type { Result } from "~/kernel/result";
import type { Membership } from "~/platform/directory/directory.server";
import { organizationOfHost } from "~/platform/http/hosts.server";
import { networkBehind } from "~/platform/http/origin.server";
import type { Platform } from "~/platform/platform.server";
import { knownBrowser } from "./known-browser.server";
import { type RedeemRefusal, redeemLink } from "./links/redeem-link.server";
import { type SignInRefusal, signInWithPassword } from "./passwords/sign-in-with-password.server";

type SignInResult = Result<Membership, SignInRefusal | RedeemRefusal>;

/** A mailed link: the token is the last part of the URL that the form was posted to. */
class LinkStrategy extends Strategy<SignInResult, { token: string }> {
  name = "link";
  override async authenticate(request: Request): Promise<SignInResult> {
    return this.verify({
      token: decodeURIComponent(
        new URL(request.url).pathname
          .replace(/\.data$/, "")
          .split("/")
          .at(-1) ?? "",
      ),
    });
  }
}

/** The sign-in strategies of an audience. They return refusals as values instead of throwing. */
export function authenticatorFor(platform: Platform, audience: Portal): Authenticator<SignInResult> {
  const authenticator = new Authenticator<SignInResult>();
  authenticator.use(
    new FormStrategy<SignInResult>(async ({ form, request }) =>
      signInWithPassword(platform, {
        audience,
        email: String(form.get("email") ?? ""),
        password: String(form.get("password") ?? ""),
        place: { address: networkBehind(request), knownAs: (email) => knownBrowser(request, platform.settings.linkKey, email) },
        only: (await organizationOfHost(platform, request))?.id ?? null,
      }),
    ),
    "password",
  );
  authenticator.use(new LinkStrategy(({ token }) => redeemLink(platform, audience, token)));
  return authenticator;
}
