import { Download } from "lucide-react";
import { useLoaderData, useParams } from "react-router";
import * as z from "zod";
import { paths } from "~/kernel/paths";
import { invoiceReaders } from "~/modules/invoices/documents/invoice-recipients.server";
import { readLeastPart } from "~/modules/organizations/shop-rules/shop-rules.read.server";
import { payWays } from "~/modules/payments/checkouts/payment-intent";
import { problem } from "~/platform/http/problem.server";
import { anyone } from "~/platform/http/public-guard.server";
import { FormatProvider } from "~/ui/format";
import { SignInShell } from "~/ui/sign-in-shell";
import { useFormResult } from "~/ui/use-form-result";
import { askAboutReturned, checkoutMessage, openCheckout } from "../../parts/checkout.server";
import { amountTyped, NO_AMOUNT } from "../../parts/pay-amount";
import { openPayLink, payPage } from "./data.server";
import { PayPanel } from "./panel";

export const meta = ({ loaderData }: { loaderData?: { page: { title: string }; brand: { name: string } } }) => [
  { title: loaderData ? `${loaderData.page.title} from ${loaderData.brand.name}` : "Pay" },
  { name: "robots", content: "noindex" },
];

export const loader = anyone.loader("the page behind a pay link; whoever has the link may see what is owed", ({ context, request, params }) =>
  payPage(context, request, params.token),
);

const PayForm = z.object({ intent: z.enum(["pay", "check"]).default("pay"), way: z.enum(payWays).catch("card"), amount: z.string().max(30).optional() });

export const action = anyone.action("begins a payment that the link is for", PayForm, async ({ context, request, params, url, form }) => {
  const { organization, services, page, subject } = await openPayLink(context, request, params.token);
  const token = params.token ?? "";
  if (form.intent === "check") {
    await askAboutReturned(services, url, page.customerId);
    services.drainSoon();
    return { problem: null, done: null };
  }
  const amount = amountTyped(form.amount, page.due);
  if (amount === null || amount <= 0)
    return problem(422, {
      message: "Fix the highlighted fields.",
      fields: { amount: NO_AMOUNT },
      values: { amount: form.amount ?? "" },
    });
  const opened = await openCheckout(services, {
    wanted: {
      on: subject.kind === "invoice" ? [{ invoiceId: subject.id, amount }] : [],
      forEstimate: subject.kind === "estimate" ? subject.id : null,
      amount: subject.kind === "estimate" ? page.due : amount,
      way: form.way,
    },
    customerId: page.customerId,
    least: subject.kind === "invoice" ? await readLeastPart(services.db) : null,
    title: subject.kind === "estimate" ? page.title : undefined,
    returnTo: (intent) => organization.publicOrigin + paths.pay(token, intent),
    // Square makes an invoice for an address; the page that takes cards asks for one itself.
    buyerEmail: form.way === "bank" ? ((await invoiceReaders(services.db, page.customerId, "payment")).emails[0] ?? null) : null,
  });
  services.drainSoon();
  if (!opened.ok) {
    const { message, isAmount } = checkoutMessage(opened.error, organization);
    return problem(isAmount ? 422 : 409, { message, fields: isAmount ? { amount: message } : undefined, values: { amount: form.amount ?? "" } });
  }
  return { problem: null, done: null, checkout: opened.value };
});

export default function Pay() {
  const data = useLoaderData<typeof loader>();
  const answer = useFormResult<typeof action>();
  const { token = "" } = useParams();
  return (
    <SignInShell brand={data.brand} title={data.page.title} lead={`For ${data.page.customer}`}>
      <FormatProvider locale={data.locale} servedAt={data.servedAt}>
        <PayPanel data={data} refusal={answer?.problem ?? null} checkout={(answer && "checkout" in answer && answer.checkout) || null} />
        {data.page.kind === "invoice" && (
          <a href={paths.payPdf(token)} className="inline-flex min-h-(--target) w-fit items-center gap-1.5 text-accent underline underline-offset-2">
            <Download size="1.1em" aria-hidden /> Download PDF
          </a>
        )}
      </FormatProvider>
    </SignInShell>
  );
}
