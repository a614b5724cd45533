import { redirect } from "react-router";
import * as z from "zod";
import { parseId } from "~/kernel/ids";
import { paths } from "~/kernel/paths";
import { addContact, removeContact } from "~/modules/customers/contacts/change-contacts.server";
import { readContact } from "~/modules/customers/contacts/contact.read.server";
import { portalRefusalMessages } from "~/modules/customers/portal-access/portal";
import { sendPortalInvite } from "~/modules/customers/portal-access/send-portal-invite.server";
import { switchPortal } from "~/modules/customers/portal-access/switch-portal.server";
import { viewRefusalMessages } from "~/modules/people/impersonation";
import { startView } from "~/modules/people/impersonation.server";
import { asTyped } from "~/platform/http/form.server";
import { type Authed, staff } from "~/platform/http/guards.server";
import { orNotFound, problem } from "~/platform/http/problem.server";
import { overQuota } from "~/platform/http/quotas.server";

/** Everything that can be done on a customer's page. */
const CustomerForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("switch"), on: z.literal("on").optional() }),
  z.object({
    intent: z.literal("add"),
    name: z.string().trim().min(1, "Enter the person's name.").max(80, "Use at most 80 characters."),
    email: z.string().trim().min(1, "Enter the email address."),
  }),
  z.object({ intent: z.literal("remove"), contact: z.string() }),
  z.object({ intent: z.literal("invite"), contact: z.string() }),
  z.object({ intent: z.literal("view"), contact: z.string() }),
]);

const GONE = { message: "This contact was removed. Reload the page." };
const STALE = { message: "Someone else just changed this. Check the latest version and try again." };
const done = (message: string) => ({ problem: null, done: message });

/** Runs one form of the customer's page: portal access, contacts and invites, and viewing the portal as a contact. */
async function runCustomerCommand({ request, services, session, params, form }: Authed<"staff", z.output<typeof CustomerForm>>) {
  const customerId = orNotFound(parseId("customer", params.customerId));
  switch (form.intent) {
    case "switch": {
      const on = form.on === "on";
      const switched = await switchPortal(services, { customerId, on, plan: session.organization.plan });
      if (switched.ok)
        return done(on ? "Portal turned on. Send an invite so they can sign in." : "Portal turned off. Everyone at this customer is signed out.");
      if (switched.error.kind === "not-found") throw new Response("Not found", { status: 404 });
      if (switched.error.kind === "stale") return problem(409, STALE);
      return problem(422, {
        message: portalRefusalMessages[switched.error.kind],
        fields: { on: portalRefusalMessages[switched.error.kind] },
        values: asTyped(form),
      });
    }
    case "add": {
      const added = await addContact(services, { customerId, name: form.name, email: form.email });
      if (added.ok) return done(`${form.name} added as a contact.`);
      if (added.error.kind === "not-an-email")
        return problem(422, { message: "Check the email address.", fields: { email: "Enter a valid email address." }, values: asTyped(form) });
      if (added.error.kind === "known")
        return problem(409, {
          message: "This contact already exists.",
          fields: { email: "A contact in the list above already has this address." },
          values: asTyped(form),
        });
      if (added.error.kind === "stale") return problem(409, STALE);
      throw new Response("Not found", { status: 404 });
    }
    case "remove": {
      const contactId = parseId("contact", form.contact);
      const removed = contactId ? await removeContact(services, { customerId, contactId }) : null;
      if (removed?.ok) return done("Contact removed and signed out everywhere.");
      return problem(removed?.error.kind === "stale" ? 409 : 404, removed?.error.kind === "stale" ? STALE : GONE);
    }
    case "invite": {
      const contactId = parseId("contact", form.contact);
      const sent = contactId ? await sendPortalInvite(services, { customerId, contactId }) : null;
      if (sent?.ok) return done(`Invite sent to ${sent.value.email}.`);
      if (!sent || sent.error.kind === "not-found") return problem(404, GONE);
      if (sent.error.kind === "portal-off") return problem(409, { message: "Turn the portal on first." });
      if (sent.error.kind === "over-quota") return overQuota(sent.error);
      if (sent.error.kind === "too-often")
        return problem(429, { message: "This contact got five invites in the last 15 minutes. Try again in 15 minutes." }, { "Retry-After": "900" });
      return problem(409, STALE);
    }
    case "view": {
      const contactId = parseId("contact", form.contact);
      const contact = contactId && (await readContact(services.db, customerId, contactId));
      if (!contact) return problem(404, GONE);
      const view = await startView(services, session, request, { audience: "customer", partyId: customerId, email: contact.email });
      if (view.ok) throw redirect(paths.customer.home, { headers: { "Set-Cookie": view.value } });
      return problem(view.error.kind === "not-allowed" ? 403 : 409, { message: viewRefusalMessages[view.error.kind] });
    }
  }
}

export const commands = staff.action("portal-access:manage", CustomerForm, runCustomerCommand);
