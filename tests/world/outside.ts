import resend from "../../local/stand-ins/resend";

export { Mailbox } from "../../local/stand-ins/resend";

/** What the Worker under test reaches when it calls out: the provider's stand-in, and nothing else. */
export default {
  fetch(request, env) {
    const { hostname } = new URL(request.url);
    if (hostname === "resend.test") return resend.fetch(request as never, env); // the handler's own type of request differs in its Cloudflare properties only
    return new Response(`Tests have no network: ${hostname} was called.`, { status: 502 });
  },
} satisfies ExportedHandler<never>;
