import { redirect } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { err } from "~/kernel/result";
import { addContact, removeContact } from "~/modules/customers/contacts/change-contacts.server";
import { readContact } from "~/modules/customers/contacts/contact.read.server";
import { portalRefusalMessages } from "~/modules/customers/portal-access/portal";
import { sendPortalInvite } from "~/modules/customers/portal-access/send-portal-invite.server";
import { switchPortal } from "~/modules/customers/portal-access/switch-portal.server";
import { startView } from "~/modules/people/impersonation.server";
import { idField, requiredText, switched } from "~/platform/http/fields.server";
import { staff } from "~/platform/http/guards.server";
import { missing, onField, tooOften } from "~/platform/http/refusals.server";
import { viewRefusal } from "../view-refusal.server";

const GONE = "This contact was removed. Reload the page.";
const ofContact = z.object({ contact: idField("contact", GONE) });

/** Everything that can be done on a customer's page: portal access, contacts and invites, and viewing the portal as a contact. */
export const action = staff.commands({
  "switch-portal": staff.command({
    permission: "portal-access:manage",
    form: z.object({ on: switched }),
    run: ({ services, session, id, form: { on } }) => switchPortal(services, { customerId: id("customer"), on, plan: session.organization.plan }),
    done: (_, { form: { on } }) =>
      on ? "Portal turned on. Send an invite so they can sign in." : "Portal turned off. Everyone at this customer is signed out.",
    drain: "before-answer",
    refuse: (refusal) => onField("on", portalRefusalMessages[refusal.kind]),
  }),
  "add-contact": staff.command({
    permission: "portal-access:manage",
    form: z.object({ name: requiredText(80, "Enter the person's name."), email: z.string().trim().min(1, "Enter the email address.") }),
    run: ({ services, id, form }) => addContact(services, { customerId: id("customer"), ...form }),
    done: (_, { form }) => `${form.name} added as a contact.`,
    drain: "before-answer",
    refusals: {
      "not-an-email": onField("email", "Enter a valid email address."),
      known: onField("email", "A contact in the list above already has this address."),
    },
  }),
  "remove-contact": staff.command({
    permission: "portal-access:manage",
    form: ofContact,
    run: ({ services, id, form }) => removeContact(services, { customerId: id("customer"), contactId: form.contact }),
    done: "Contact removed and signed out everywhere.",
    drain: "before-answer",
    refusals: { "not-found": missing(GONE) },
  }),
  "send-invite": staff.command({
    permission: "portal-access:manage",
    form: ofContact,
    run: ({ services, id, form }) => sendPortalInvite(services, { customerId: id("customer"), contactId: form.contact }),
    done: ({ email }) => `Invite sent to ${email}.`,
    refusals: {
      "not-found": missing(GONE),
      "portal-off": "Turn the portal on first.",
      "too-often": tooOften("This contact got five invites in the last 15 minutes. Try again in 15 minutes.", 900),
    },
  }),
  "view-as": staff.command({
    permission: "impersonate",
    form: ofContact,
    async run({ request, services, session, id, form }) {
      const contact = await readContact(services.db, id("customer"), form.contact);
      if (!contact) return err({ kind: "no-contact" as const });
      return startView(services, session, request, { audience: "customer", partyId: id("customer"), email: contact.email });
    },
    done: (cookie) => {
      throw redirect(paths.customer.home, { headers: { "Set-Cookie": cookie } });
    },
    refuse: (refusal) => (refusal.kind === "no-contact" ? missing(GONE) : viewRefusal(refusal)),
  }),
});
