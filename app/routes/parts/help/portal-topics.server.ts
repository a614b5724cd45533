import type { HelpTopic } from "./topic";

const helpTopic = (page: string): HelpTopic => ({
  id: "help",
  title: "Help",
  pages: [page],
  text: "A short page for each screen.",
  mistakes: ["Help opens about the page you come from. Search looks at all of them."],
});

/** What customers read about the pages of their portal. */
export const customerTopics: readonly HelpTopic[] = [
  {
    id: "home",
    title: "Home",
    pages: ["/portal"],
    text: "What needs your decision, what is owed, and your units with what the shop is doing on each.",
    mistakes: [
      "A map is here only if the shop shares locations with you.",
      "You see what you have the right to. The shop, or who manages access, can change that.",
    ],
  },
  {
    id: "units",
    title: "Units",
    pages: ["/portal/units"],
    text: "All your units with their status at the shop, meters, visits and what was billed in 12 months.",
    mistakes: ["“Billed” is before shop supplies and tax.", "Search by number, VIN, make or model."],
  },
  {
    id: "unit",
    title: "Unit",
    pages: ["/portal/assets/:assetId", "/portal/assets/:assetId/roadside", "/portal/labels"],
    text: "One unit: what is done on it now, what was done before, its inspections and maintenance. The roadside page is for an inspector without an account.",
    mistakes: [
      "“Do not operate” stays until a person at the shop, or one of yours with the right to, certifies the defect.",
      "Whoever has the roadside code can read that page until it ends.",
    ],
  },
  {
    id: "request",
    title: "Request service",
    pages: ["/portal/assets/:assetId/request", "/portal/files/new"],
    text: "Say what's wrong in your own words, and whether the unit can be driven. The shop gets it right away.",
    mistakes: ["A request about the same fault joins the first one.", "You can cancel it until the shop has taken it up."],
  },
  {
    id: "work-order",
    title: "Work order",
    pages: ["/portal/work-orders/:orderId"],
    text: "How far the repair is, what was agreed to, and the files that the shop shares.",
    mistakes: [
      "Only what was authorized is done. The rest needs your answer first.",
      "The day it is promised for can change; this page always has the newest.",
    ],
  },
  {
    id: "estimates",
    title: "Estimates",
    pages: ["/portal/estimates", "/portal/estimates/:estimateId"],
    text: "What the shop offers to do and what it comes to. Approve or decline each line, ask a question, or ask for changes.",
    mistakes: [
      "Approving is an order to do the work. It asks once more before it is sent, and a mail confirms it.",
      "“Not to exceed” is the most you agree to for the whole order, with supplies and tax.",
      "After its last day it can't be approved. Ask the shop to renew it.",
    ],
  },
  {
    id: "invoices",
    title: "Invoices and payments",
    pages: ["/portal/invoices", "/portal/invoices/:invoiceId", "/portal/pay", "/portal/statement"],
    text: "What was billed, what is paid and what is owed. Pay one invoice or several at once, if the shop takes payments online.",
    mistakes: ["A payment shows as soon as it arrives, a bank's may take days.", "Credit isn't applied by itself. Ask the shop which invoice it is for."],
  },
  {
    id: "inspections",
    title: "Inspections",
    pages: ["/portal/inspections", "/portal/inspections/:inspectionId", "/portal/inspections/missing"],
    text: "Your drivers' reports with their defects and what became of them, and days on which a unit moved without one.",
    mistakes: ["A report counts when it was signed, even if it was sent later.", "A report is never changed: a correction is a new one beside it."],
  },
  {
    id: "drivers",
    title: "Drivers",
    pages: ["/portal/drivers", "/portal/drivers/several", "/portal/drivers/:driverId"],
    text: "Your drivers, how they sign in, and which unit each drives from when to when. Several are added at once from a pasted list.",
    mistakes: ["A PIN is shown once. Give a new one if it is lost.", "A removed driver is signed out at once. The reports stay."],
  },
  {
    id: "maintenance",
    title: "Maintenance",
    pages: ["/portal/maintenance"],
    text: "What is due on your units and when it is expected. The calendar link puts it into your own calendar.",
    mistakes: [
      "“No reading” means that nobody knows the meter.",
      "Whoever has the calendar link can read it. Make a new one if it got about.",
      "The link ends when the person who made it can't sign in here anymore.",
    ],
  },
  {
    id: "settings",
    title: "Settings",
    pages: ["/portal/settings", "/portal/sign-ins"],
    text: "Which mails you get, where you are signed in, who else has access, and a copy of your records to download.",
    mistakes: ["Mails about signing in can't be turned off.", "The download has everything that you may see, and takes a moment."],
  },
  helpTopic("/portal/help"),
];

/** What outside shops read about the pages of theirs. */
export const vendorTopics: readonly HelpTopic[] = [
  {
    id: "jobs",
    title: "Pending, active and completed",
    pages: ["/vendor-portal", "/vendor-portal/active", "/vendor-portal/completed"],
    text: "Jobs that the shop sent you: those that need your answer, those you work on, and those that are done or decided.",
    mistakes: ["A job that waits for the shop's answer is under Active.", "A declined job goes back to the shop, which may send it to somebody else."],
  },
  {
    id: "job",
    title: "Job",
    pages: ["/vendor-portal/jobs/:jobId", "/vendor-portal/files/new"],
    text: "What is asked, until when and for how much at most. Accept or decline it, send an estimate, ask for more if you find more, and invoice when it is done.",
    mistakes: [
      "Where an estimate is required, begin after it is approved.",
      "An invoice above what was approved needs the shop's decision. Ask for the addition before you do the work.",
      "You can withdraw an invoice until the shop decides.",
    ],
  },
  {
    id: "security",
    title: "Security",
    pages: ["/vendor-portal/sign-ins"],
    text: "Where you are signed in, and your second factor.",
    mistakes: ["End a session that you don't know, and change your password.", "Keep the recovery codes where you find them without your phone."],
  },
  helpTopic("/vendor-portal/help"),
];

/** What drivers read; it needs signal, unlike the app itself. */
export const driverTopics: readonly HelpTopic[] = [
  {
    id: "inspections",
    title: "Inspections on a phone",
    pages: ["/driver-portal/*", "/driver-portal/form"],
    text: "Choose the unit, walk around it, confirm each group or report a defect, and sign. It works without signal: what you sign is kept on the phone and sent when there is signal.",
    mistakes: [
      "“Not sent yet” is safe on the phone. Don't sign out and don't clear the browser's data before it is sent.",
      "Nothing is checked for you. A defect that is still there is answered with “Still there”, not written again.",
      "“Do not operate” means that you may not drive until the repair is certified.",
    ],
  },
  {
    id: "sign-ins",
    title: "Sign-ins",
    pages: ["/driver-portal/sign-ins"],
    text: "Where you are signed in, and push notifications on your phone: a critical fault of your unit, or a defect that keeps it from driving. On a shared tablet, the next driver takes over with their own code and PIN.",
    mistakes: [
      "A lost phone: end its session here, and call your fleet.",
      "Push is for phones of your own, and shows nothing while the app is open. On an iPhone, put the app on the home screen first.",
    ],
  },
  helpTopic("/driver-portal/help"),
];
