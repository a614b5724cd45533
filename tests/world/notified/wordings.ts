import type { Wordings } from "./watch";

/** What each notification must be: its subject, what of the text matters, and where its button leads. */
export const wordings: Wordings = {
  "customer confirmed: estimate-confirmed (mail.estimate-confirmed)": {
    subject: /^You approved \$300\.00 for unit 104 \(E-\d+\)$/,
    text: [
      /^You approved \$300\.00 for unit 104\.$/m,
      /^Estimate E-\d+: Brakes all round\. The PDF shows it as you decided it\.$/m,
      /^If this wasn't you, call Shop \d+ right away\.$/m,
      /^View what you decided: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
    attached: /^E-\d+ revision 1\.pdf$/,
  },
  "customer defects: inspection-alert (mail.unit-driven)": {
    subject: /^Unit 104 was driven while "Do not operate"$/,
    text: [
      /^It moved \d+ \w{3} \d{4}, \d+:\d\d [ap]m\. This defect was reported \d+ \w{3} \d{4}, \d+:\d\d [ap]m and is not certified:$/m,
      /^- Tires: worn\. Cords show\.$/m,
      /^Open the inspection: http/m,
    ],
    path: /^\/portal\/inspections\/ins_\w{26}$/,
  },
  "customer defects: inspection-defects (mail.inspection-defects)": {
    subject: /^Do not operate unit 104: reported by Driver \d+$/,
    text: [
      /^Do not operate unit 104$/m,
      /^Driver \d+ of Northline signed an inspection of this unit\. It may be driven again once the repair is certified\.$/m,
      /^- Tires: worn\. Cords show\. Not safe to drive$/m,
      /^Open the inspection: http/m,
    ],
    path: /^\/portal\/inspections\/ins_\w{26}$/,
  },
  "customer estimate: estimate-answer-reminder (mail.estimate-answer-reminder)": {
    subject: /^Please answer by .+: \$300\.00 for unit 104 \(E-\d+\)$/,
    text: [
      /^\$300\.00 for unit 104: Brakes all round$/m,
      /^Shop \d+ needs an answer to estimate E-\d+ by .+\. After that, Lou is asked\.$/m,
      /^Review estimate: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-backup (mail.estimate-backup)": {
    subject: /^No answer yet, so you're asked: \$300\.00 for unit 104 \(E-\d+\)$/,
    text: [
      /^\$300\.00 for unit 104: Brakes all round$/m,
      /^Shop \d+ wanted an answer to estimate E-\d+ by .+\. You are the backup approver\. Your own approval limit applies\.$/m,
      /^Review estimate: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-colleague (mail.estimate-colleague)": {
    subject: /^Lou asks you to decide: \$300\.00 for unit 104 \(E-\d+\)$/,
    text: [
      /^\$300\.00 for unit 104: Brakes all round$/m,
      /^This is above Lou's approval limit, so they're asking you\. Estimate E-\d+ from Shop \d+ is valid until .+\.$/m,
      /^Review estimate: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-message (mail.estimate-message)": {
    subject: /^New message from Owner \d+ about estimate E-\d+$/,
    text: [/^"A month, not longer\."$/m, /^Unit 104: Brakes all round$/m, /^Read and reply: http/m],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-ready (mail.estimate-again)": {
    subject: /^Still waiting for your answer, valid until .+: \$[\d.]+ for unit 104 \(E-\d+\)$/,
    text: [
      /^\$[\d.]+ for unit 104: Brakes all round$/m,
      /^Shop \d+ sent you estimate E-\d+\. It's valid until .+\. Work starts when you approve it\.$/m,
      /^Review estimate: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-ready (mail.estimate-ready)": {
    subject: /^Estimate ready: \$[\d.]+ for unit 104 \(E-\d+\)$/,
    text: [
      /^\$[\d.]+ for unit 104: Brakes all round$/m,
      /^Shop \d+ sent you estimate E-\d+\. It's valid until .+\. Work starts when you approve it\.$/m,
      /^Review estimate: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-ready (mail.estimate-reminder)": {
    subject: /^Still waiting for your answer, valid until .+: \$[\d.]+ for unit 104 \(E-\d+\)$/,
    text: [
      /^\$[\d.]+ for unit 104: Brakes all round$/m,
      /^Shop \d+ sent you estimate E-\d+\. It's valid until .+\. Work starts when you approve it\.$/m,
      /^Review estimate: http/m,
    ],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: estimate-withdrawn (mail.estimate-withdrawn)": {
    subject: /^Estimate E-\d+ for unit 104 was withdrawn$/,
    text: [/^"Priced for another unit"$/m, /^View estimate: http/m],
    path: /^\/portal\/estimates\/est_\w{26}$/,
  },
  "customer estimate: option-switched (mail.option-switched)": {
    subject: /^Unit 104 now costs less: \$100\.00 with "Good" \(WO-\d+\)$/,
    text: [
      /^Unit 104 now costs less: \$100\.00$/m,
      /^Shop \d+ does "Good" instead of "Best" on WO-\d+, Brakes pull\.$/m,
      /^What you authorized goes from \$500\.00 to \$100\.00, with supplies and tax\. Not what you want\? Call the shop\.$/m,
      /^"Drums are fine"$/m,
      /^View the work: http/m,
    ],
    path: /^\/portal\/work-orders\/wo_\w{26}$/,
  },
  "customer faults: critical-fault (mail.critical-fault)": {
    subject: /^Stop now: critical fault on unit 104$/,
    text: [
      /^Engine oil pressure: far below normal \(SPN 100 FMI 1\)\.$/m,
      /^The tracker of this unit of Northline reported it \d+ \w{3} \d{4}, \d+:\d\d [ap]m\. Driving on can damage the engine or isn't safe\. Stop where it is safe, and call before you drive on\.$/m,
      /^Open the unit: http/m,
    ],
    path: /^\/portal\/assets\/ast_\w{26}$/,
  },
  "customer invite: portal-invite (mail.portal-invite)": {
    subject: /^Shop \d+ invited you to its customer portal$/,
    text: [
      /^See your vehicles at Shop \d+: locations, work in progress and costs\.$/m,
      /^Or enter this code: \d{6}$/m,
      /^Any time later: http:\/\/\S+\/portal\. Enter your email address there, and we'll email you a new link\. There's no password\.$/m,
      /^Open the portal now \(works once, for 15 minutes\): http/m,
    ],
    path: /^\/portal\/sign-in\/[\w-]{43}$/,
  },
  "customer invoice: invoice-issued (mail.invoice-issued)": {
    subject: /^Invoice INV-\d+ from Shop \d+: \$300\.00, due .+$/,
    text: [/^\$300\.00 due by .+$/m, /^Shop \d+ issued invoice INV-\d+ for work on unit 104\. The PDF is attached\.$/m, /^Pay invoice: http/m],
    path: /^\/pay\/[\w-]+$/,
    attached: /^INV-\d+\.pdf$/,
  },
  "customer invoice: invoice-voided (mail.invoice-voided)": {
    subject: /^Invoice INV-\d+ from Shop \d+ was voided; nothing to pay$/,
    text: [
      /^Invoice INV-\d+ was voided; nothing to pay$/m,
      /^Shop \d+ voided invoice INV-\d+ for work on unit 104\. Please don't pay it\. The PDF marked void is attached for your records\.$/m,
      /^View invoice: http/m,
    ],
    path: /^\/portal\/invoices\/inv_\w{26}$/,
    attached: /^INV-\d+\.pdf$/,
  },
  "customer maintenance: maintenance-due (mail.maintenance-due)": {
    subject: /^Unit 104: maintenance is due$/,
    text: [/^This is what is due on this unit of Northline now\.$/m, /^- Oil service: due, 100 km over$/m, /^Open the unit: http/m],
    path: /^\/portal\/assets\/ast_\w{26}$/,
  },
  "customer payment: receipt (mail.receipt)": {
    subject: /^Payment received: \$[\d.]+, Shop \d+$/,
    text: [
      /^We received your payment of \$[\d.]+$/m,
      /^(Square VISA 1111|Check 1041), received .+\. Thank you\.$/m,
      /^INV-\d+: \$[\d.]+ paid, .+$/m,
      /^The invoice with its account is attached\.$/m,
      /^View account: http/m,
    ],
    path: /^\/portal\/invoices$/,
    attached: /^INV-\d+ with account\.pdf$/,
  },
  "customer payment: refund (mail.payment-refunded)": {
    subject: /^Refund of \$[\d.]+ from Shop \d+$/,
    text: [/^Shop \d+ refunded \$[\d.]+$/m, /^Square pays it back the way it was paid(: .+)?\. Banks take 2 to 7 days to show it\.$/m, /^View invoices: http/m],
    path: /^\/portal\/invoices$/,
  },
  "customer payment: transfer-failed (mail.payment-failed)": {
    subject: /^Your bank transfer of \$300\.00 to Shop \d+ did not arrive$/,
    text: [
      /^\$300\.00 did not arrive$/m,
      /^Your bank refused the transfer, and nothing was taken\. What it was for is open again: please pay by card or another way, or call Shop \d+\.$/m,
      /^View invoices: http/m,
    ],
    path: /^\/portal\/invoices$/,
  },
  "customer ready: order-ready (mail.order-ready)": {
    subject: /^Unit 104 is ready: Air leak$/,
    text: [
      /^Unit 104 is ready for pickup\.$/m,
      /^Shop \d+ completed WO-\d+, Air leak\.$/m,
      /^You'll find the details in your portal\.$/m,
      /^View the work: http/m,
    ],
    path: /^\/portal\/work-orders\/wo_\w{26}$/,
  },
  "customer reminder: invoice-reminder (mail.invoice-reminder)": {
    subject: /^Reminder: invoice INV-\d+ from Shop \d+, \$[\d.]+ due in 3 days$/,
    text: [
      /^\$[\d.]+ open on invoice INV-\d+, due in 3 days$/m,
      /^Invoice INV-\d+ from Shop \d+ for work on unit 104 is due .+\. The PDF is attached\.$/m,
      /^If you paid it already, thank you; please disregard this mail\. Questions\? Contact Shop \d+\.$/m,
      /^View invoice: http/m,
    ],
    path: /^\/portal\/invoices\/inv_\w{26}$/,
    attached: /^INV-\d+( with account)?\.pdf$/,
  },
  "customer sign-in: sign-in (mail.sign-in)": {
    subject: /^Your sign-in link for Shop \d+$/,
    text: [
      /^Sign in to Shop \d+:$/m,
      /^The link works once, for 15 minutes\.$/m,
      /^Or enter this code on the page where you asked for the link: \d{6}$/m,
      /^Didn't ask for this\? You can ignore this email\. No one can sign in without it\.$/m,
    ],
    path: /^\/portal\/sign-in\/[\w-]{43}$/,
  },
  "customer statement: statement (mail.statement)": {
    subject: /^Statement from Shop \d+: balance due \$850\.00 as of .+$/,
    text: [
      /^Balance due \$850\.00 as of .+$/m,
      /^Your account with Shop \d+ from .+ through .+\. The statement is attached as a PDF\.$/m,
      /^View account: http/m,
    ],
    path: /^\/portal\/statement\?from=[\d-]+&through=[\d-]+$/,
    attached: /^Statement [\d-]+ to [\d-]+\.pdf$/,
  },
  "driver defects: push (push.inspection-defects)": {
    subject: /^Do not operate unit 104$/,
    text: [/^Tires: worn$/m],
    path: /^\/driver-portal\/unit\/ast_\w{26}$/,
  },
  "driver faults: push (push.critical-fault)": {
    subject: /^Stop now: critical fault on unit 104$/,
    text: [/^Engine oil pressure: far below normal \(SPN 100 FMI 1\)$/m],
    path: /^\/driver-portal\/unit\/ast_\w{26}$/,
  },
  "driver sign-in: sign-in (mail.sign-in)": {
    subject: /^Your sign-in link for Shop \d+$/,
    text: [
      /^Sign in to Shop \d+:$/m,
      /^The link works once, for 15 minutes\.$/m,
      /^Or enter this code on the page where you asked for the link: \d{6}$/m,
      /^Didn't ask for this\? You can ignore this email\. No one can sign in without it\.$/m,
    ],
    path: /^\/driver-portal\/sign-in\/[\w-]{43}$/,
  },
  "staff digest: staff-digest (mail.staff-digest)": {
    subject: /^4 updates since yesterday at Shop \d+$/,
    text: [
      /^4 updates since yesterday$/m,
      /^- 1 defect of unit 104: reported by Driver \d+$/m,
      /^- Not certified yet: Tires: worn of unit 104$/m,
      /^- No inspection of 2 units of Northline on .+$/m,
      /^- Unit 104: maintenance is due$/m,
    ],
    path: /^\/notices$/,
  },
  "staff estimate.answered: estimate-answered (mail.estimate-answered)": {
    subject: /^Renee( Okafor)? approved \$[\d.]+ \(E-\d+\)$/,
    text: [/^Renee( Okafor)? approved \$[\d.]+$/m, /^Estimate E-\d+, unit 104: Brakes all round$/m, /^Open the estimate: http/m],
    path: /^\/estimates\/est_\w{26}$/,
  },
  "staff estimate.question: estimate-message (mail.estimate-message)": {
    subject: /^New message from Renee about "Front drums" in estimate E-\d+$/,
    text: [/^"Can the rear wait\?"$/m, /^Unit 104: Brakes all round$/m, /^Read and reply: http/m],
    path: /^\/estimates\/est_\w{26}$/,
  },
  "staff estimate.second-person: estimate-second-person (mail.estimate-colleague)": {
    subject: /^Lou asked a colleague to approve \$300\.00 \(E-\d+\)$/,
    text: [/^Open the estimate: http/m],
    path: /^\/estimates\/est_\w{26}$/,
  },
  "staff estimate.unanswered: estimate-unanswered (mail.estimate-unanswered)": {
    subject: /^Time to call, no answer yet: \$300\.00 for unit 104 \(E-\d+\)$/,
    text: [
      /^\$300\.00 for unit 104: Brakes all round$/m,
      /^An answer was wanted by .+\. Lou was asked as the backup approver, and hasn't answered either\. Call the customer and record the answer\.$/m,
      /^Open the estimate: http/m,
    ],
    path: /^\/estimates\/est_\w{26}$/,
  },
  "staff fault.critical: critical-fault (mail.critical-fault)": {
    subject: /^Stop now: critical fault on unit 104$/,
    text: [
      /^Engine oil pressure: far below normal \(SPN 100 FMI 1\)\.$/m,
      /^The tracker of this unit of Northline reported it \d+ \w{3} \d{4}, \d+:\d\d [ap]m\. Driving on can damage the engine or isn't safe\. Stop where it is safe, and call before you drive on\.$/m,
      /^Open the unit: http/m,
    ],
    path: /^\/assets\/ast_\w{26}$/,
  },
  "staff inspection.defects: inspection-defects (mail.inspection-defects)": {
    subject: /^1 defect of unit 104: reported by Driver \d+$/,
    text: [
      /^Defects of unit 104$/m,
      /^Driver \d+ of Northline signed an inspection of this unit\.$/m,
      /^- Tires: worn\. Cords show$/m,
      /^Open the inspection: http/m,
    ],
    path: /^\/inspections\/ins_\w{26}$/,
  },
  "staff inspection.driven: inspection-alert (mail.unit-driven)": {
    subject: /^Unit 104 was driven while "Do not operate"$/,
    text: [
      /^It moved \d+ \w{3} \d{4}, \d+:\d\d [ap]m\. This defect was reported \d+ \w{3} \d{4}, \d+:\d\d [ap]m and is not certified:$/m,
      /^- Tires: worn\. Cords show\.$/m,
      /^Open the inspection: http/m,
    ],
    path: /^\/inspections\/ins_\w{26}$/,
  },
  "staff inspection.missing: inspection-alert (mail.inspections-missing)": {
    subject: /^No inspection of 2 units of Northline on .+$/,
    text: [
      /^These units drove that day, and nobody signed an inspection of them\.$/m,
      /^- Unit 104 \(Driver \d+, Driver \d+\)$/m,
      /^- Unit U-\d+$/m,
      /^Open the list: http/m,
    ],
    path: /^\/inspections\/missing$/,
  },
  "staff inspection.safety: inspection-defects (mail.inspection-defects)": {
    subject: /^Do not operate unit 104: reported by Driver \d+$/,
    text: [
      /^Do not operate unit 104$/m,
      /^Driver \d+ of Northline signed an inspection of this unit\. It may be driven again once the repair is certified\.$/m,
      /^- Tires: worn\. Cords show\. Not safe to drive$/m,
      /^Open the inspection: http/m,
    ],
    path: /^\/inspections\/ins_\w{26}$/,
  },
  "staff inspection.uncertified: inspection-alert (mail.defect-uncertified)": {
    subject: /^Not certified yet: Tires: worn of unit 104$/,
    text: [
      /^Driver \d+ of Northline reported it \d+ \w{3} \d{4}, \d+:\d\d [ap]m\. Repair it, or certify that no repair is necessary\.$/m,
      /^- Cords show\.$/m,
      /^Open the inspection: http/m,
    ],
    path: /^\/inspections\/ins_\w{26}$/,
  },
  "staff mail.given-up: notice (delivery.failed)": {
    subject: /^Bounced: the address doesn't exist or takes no mail\. Email to bounced\+\w+@fleet\.test: Estimate ready: \$300\.00 for unit 104 \(E-\d+\)$/,
    text: [],
    path: /^\/estimates\/est_\w{26}$/,
  },
  "staff maintenance.due: maintenance-due (mail.maintenance-due)": {
    subject: /^Unit 104: maintenance is due$/,
    text: [/^This is what is due on this unit of Northline now\.$/m, /^- Oil service: due, 100 km over$/m, /^Open the unit: http/m],
    path: /^\/assets\/ast_\w{26}\/maintenance$/,
  },
  "staff password: set-password (mail.set-password)": {
    subject: /^You're invited to Shop \d+$/,
    text: [
      /^Shop \d+ invited you to join its team\.$/m,
      /^You'll find the shop's board, fleet and work orders there\.$/m,
      /^Choose a password first\. The link works once, for 72 hours\.$/m,
      /^Choose a password: http/m,
    ],
    path: /^\/set-password\/staff\/[\w-]{43}$/,
  },
  "staff payment.disputed: payment-disputed (mail.payment-disputed)": {
    subject: /^(Northline's bank disputes \$300\.00: answer by .+|Dispute lost: .+)$/,
    text: [/(^Until the bank decides, nothing changes on the customer's account\.$|^It is a chargeback on the account,)/m, /^View account: http/m],
    path: /^\/customers\/cus_\w{26}\/account$/,
  },
  "staff payment.failed: payment-failed (mail.payment-failed)": {
    subject: /^A payment of \$300\.00 by Northline failed$/,
    text: [
      /^\$300\.00 by Northline did not arrive$/m,
      /^Square could not complete the payment\. Nothing was recorded, and the invoices are as open as before\. The customer can try again\.$/m,
      /^View account: http/m,
    ],
    path: /^\/customers\/cus_\w{26}\/account$/,
  },
  "staff payment.late: payment-late (mail.payment-late)": {
    subject: /^A bank transfer of \$300\.00 by Northline is late$/,
    text: [
      /^\$300\.00 by Northline did not arrive yet$/m,
      /^It was expected .+, and Square has no news of it\. Nobody is reminded of what it pays\.$/m,
      /^View payments: http/m,
    ],
    path: /^\/settings\/payments$/,
  },
  "staff payment.received: payment-received (mail.payment-received)": {
    subject: /^Northline paid \$300\.00 through Square$/,
    text: [/^Northline paid \$300\.00$/m, /^INV-\d+ is paid in full\.$/m, /^View account: http/m],
    path: /^\/customers\/cus_\w{26}\/account$/,
  },
  "staff payment.refund-failed: payment-refunded (mail.payment-refunded)": {
    subject: /^\$200\.00 refunded to Northline, but only \$0\.00 is on the account$/,
    text: [
      /^\$200\.00 went back to Northline$/m,
      /^Square refunded \$200\.00\. Only \$0\.00 of the payment was left, so only that is on the account\.$/m,
      /^The payer's bank took the rest back before: the customer has it twice\. Look in Square's dashboard, and ask the customer\.$/m,
      /^View account: http/m,
    ],
    path: /^\/customers\/cus_\w{26}\/account$/,
  },
  "staff payment.refund-failed: refund-failed (mail.refund-failed)": {
    subject: /^A refund of \$40\.00 to Northline failed$/,
    text: [
      /^\$40\.00 did not go back to Northline$/m,
      /^The bank did not take it\.$/m,
      /^Nothing changed on the account\. Ask for it again, or pay it back another way\.$/m,
      /^View account: http/m,
    ],
    path: /^\/customers\/cus_\w{26}\/account$/,
  },
  "staff payment.refunded: payment-refunded (mail.payment-refunded)": {
    subject: /^\$50\.00 refunded to Northline through Square$/,
    text: [
      /^\$50\.00 went back to Northline$/m,
      /^The refund is on the account\. Invoices that it had paid are open again by that amount\.$/m,
      /^View account: http/m,
    ],
    path: /^\/customers\/cus_\w{26}\/account$/,
  },
  "staff payment.unclear: payment-unclear (mail.payment-unclear)": {
    subject: /^A payment of \$75\.00 at Square fits no invoice$/,
    text: [
      /^\$75\.00 came in, and nobody knows for what$/m,
      /^Look for payment \w+ in Square's dashboard, and put it on its invoice in Settings, Payments\.$/m,
      /^View payments: http/m,
    ],
    path: /^\/settings\/payments$/,
  },
  "staff reply.received: reply-received (mail.reply)": {
    subject: /^Lee replied to "New message from Owner \d+ about estimate E-\d+"$/,
    text: [/^Please call me\.$/m, /^If you reply to this email, it goes to lee@elsewhere\.test\.$/m, /^View the record: http/m],
    path: /^\/estimates\/est_\w{26}$/,
    title: /^Lee replied to "New message from Owner \d+ about estimate E-\d+": Please call me\.$/,
  },
  "staff service.canceled: request-canceled (mail.request-canceled)": {
    subject: /^Northline canceled the service request for unit 104$/,
    text: [/^WO-\d+, Coolant is hot, is canceled\. You hadn't taken it up, so there is nothing to do\.$/m, /^Open the work order: http/m],
    path: /^\/work-orders\/wo_\w{26}$/,
  },
  "staff service.requested: service-request (mail.service-request)": {
    subject: /^Service request from Northline for unit 104: should not be driven$/,
    text: [
      /^Service request from Northline for unit 104$/m,
      /^"Coolant is hot"$/m,
      /^Renee requested this in the portal\. Should not be driven\.$/m,
      /^It's on your board as a draft\.$/m,
      /^Open the work order: http/m,
    ],
    path: /^\/work-orders\/wo_\w{26}$/,
  },
  "staff square.revoked: square-revoked (mail.square-revoked)": {
    subject: /^Square is disconnected: Shop$/,
    text: [
      /^BayTrack's access to Shop was removed at Square, so customers can't pay online at the moment\.$/m,
      /^Invoices and payments on record stay as they are\. The owner can connect Square again\.$/m,
      /^Open payment settings: http/m,
    ],
    path: /^\/settings\/payments$/,
  },
  "staff vendor-job.answered: vendor-job-accepted (mail.vendor-job)": {
    subject: /^Gearworks accepted the job \(V-\d+\)$/,
    text: [/^Gearworks accepted the job$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^Open the job: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "staff vendor-job.completed: vendor-job-completed (mail.vendor-job)": {
    subject: /^Gearworks marked the job complete \(V-\d+\)$/,
    text: [/^Gearworks marked the job complete$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^Open the job: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "staff vendor-job.estimate: vendor-job-estimate-submitted (mail.vendor-job)": {
    subject: /^Gearworks sent an estimate of \$500\.00 \(V-\d+\)$/,
    text: [/^Gearworks sent an estimate of \$500\.00$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^"Two days"$/m, /^Approve or decline: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "staff vendor-job.estimate: vendor-job-estimate-withdrawn (mail.vendor-job)": {
    subject: /^Gearworks withdrew the estimate of \$500\.00 \(V-\d+\)$/,
    text: [/^Gearworks withdrew the estimate of \$500\.00$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^Open the job: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "staff vendor-job.invoice: vendor-job-invoice-submitted (mail.vendor-job)": {
    subject: /^Gearworks sent invoice GW-9 of \$500\.00 \(V-\d+\)$/,
    text: [/^Gearworks sent invoice GW-9 of \$500\.00$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^Approve or dispute: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "staff vendor-job.invoice: vendor-job-invoice-withdrawn (mail.vendor-job)": {
    subject: /^Gearworks withdrew invoice GW-9 of \$500\.00 \(V-\d+\)$/,
    text: [/^Gearworks withdrew invoice GW-9 of \$500\.00$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^Open the job: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "staff vendor-job.message: vendor-job-message-from-vendor (mail.vendor-job)": {
    subject: /^New message from Gearworks \(V-\d+\)$/,
    text: [/^New message from Gearworks$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^"The case is cracked\."$/m, /^Read and reply: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "vendor estimates: vendor-job-estimate-approved (mail.vendor-job)": {
    subject: /^Shop \d+ approved your estimate of \$500\.00 \(V-\d+\)$/,
    text: [/^Shop \d+ approved your estimate of \$500\.00$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^You can start the work\.$/m, /^Open the job: http/m],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor estimates: vendor-job-estimate-declined (mail.vendor-job)": {
    subject: /^Shop \d+ requested changes to your estimate of \$500\.00 \(V-\d+\)$/,
    text: [
      /^Shop \d+ requested changes to your estimate of \$500\.00$/m,
      /^V-\d+, unit 104: Rebuild the box$/m,
      /^"Without the cooler"$/m,
      /^Revise the estimate: http/m,
    ],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor invoices: vendor-job-invoice-disputed (mail.vendor-job)": {
    subject: /^Shop \d+ disputed your invoice GW-9 of \$500\.00 \(V-\d+\)$/,
    text: [
      /^Shop \d+ disputed your invoice GW-9 of \$500\.00$/m,
      /^V-\d+, unit 104: Rebuild the box$/m,
      /^"The core is missing"$/m,
      /^Correct and resend the invoice: http/m,
    ],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor jobs: vendor-job-assigned (mail.vendor-job)": {
    subject: /^New job from Shop \d+: Rebuild the box \(V-\d+\)$/,
    text: [/^New job from Shop \d+: Rebuild the box$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^"Shudder in 8th"$/m, /^Accept or decline: http/m],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor messages: vendor-job-message-from-shop (mail.vendor-job)": {
    subject: /^New message from Shop \d+ \(V-\d+\)$/,
    text: [/^New message from Shop \d+$/m, /^V-\d+, unit 104: Rebuild the box$/m, /^"Send a photo\."$/m, /^Read and reply: http/m],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor password: set-password (mail.set-password)": {
    subject: /^You're invited to the vendor portal of Shop \d+$/,
    text: [
      /^Shop \d+ invited you to its vendor portal\.$/m,
      /^See the jobs the shop sends you, accept or decline them, and send estimates and invoices, all in one place\.$/m,
      /^Choose a password first\. The link works once, for 72 hours\.$/m,
      /^Choose a password: http/m,
    ],
    path: /^\/set-password\/vendor\/[\w-]{43}$/,
  },
  "staff vendor-job.answered: vendor-job-declined (mail.vendor-job)": {
    subject: /^Gearworks declined the job \(V-\d+\)$/,
    text: [/^V-\d+, unit 104: Rebuild the box$/m, /^"No room this week"$/m, /^Assign another vendor: http/m],
    path: /^\/vendor-work\/vj_\w{26}$/,
  },
  "vendor invoices: vendor-job-invoice-approved (mail.vendor-job)": {
    subject: /^Shop \d+ approved your invoice GW-9 of \$500\.00 \(V-\d+\)$/,
    text: [/^V-\d+, unit 104: Rebuild the box$/m, /^Open the job: http/m],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor invoices: vendor-job-invoice-reversed (mail.vendor-job)": {
    subject: /^Shop \d+ reversed the approval of your invoice GW-9 \(V-\d+\)$/,
    text: [/^It's under review again\. We'll email you when it's decided\.$/m, /^Open the job: http/m],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor jobs: vendor-job-recalled (mail.vendor-job)": {
    subject: /^Shop \d+ recalled the job \(V-\d+\)$/,
    text: [/^You don't need to do anything\.$/m, /^"Sold"$/m, /^Open the job: http/m],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
  "vendor jobs: vendor-job-called-off (mail.vendor-job)": {
    subject: /^Shop \d+ canceled the job \(V-\d+\)$/,
    text: [
      /^Stop the work\. The shop pays for the work done so far: send one invoice for it\.$/m,
      /^"The truck is sold"$/m,
      /^Bill the work done so far: http/m,
    ],
    path: /^\/vendor-portal\/jobs\/vj_\w{26}$/,
  },
};
