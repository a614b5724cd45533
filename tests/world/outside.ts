import push from "../../local/stand-ins/push";
import resend from "../../local/stand-ins/resend";
import square from "../../local/stand-ins/square";

export { PushService } from "../../local/stand-ins/push";
export { Mailbox } from "../../local/stand-ins/resend";
export { SquareStandIn } from "../../local/stand-ins/square";

/** What the Worker under test reaches when it calls out: the providers' stand-ins, and nothing else. */
export default {
  fetch(request, env) {
    const { hostname } = new URL(request.url);
    if (hostname === "resend.test") return resend.fetch(request as never, env); // the handler's own type of request differs in its Cloudflare properties only
    if (hostname === "push.test") return push.fetch(request as never, env);
    if (hostname === "square.test") return square.fetch(request as never, env);
    return new Response(`Tests have no network: ${hostname} was called.`, { status: 502 });
  },
} satisfies ExportedHandler<never>;
