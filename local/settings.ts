/**
 * What the local runtime is given. These values are for development and plainly so; a deployment
 * sets its own (docs/deploy.md), and nothing here is in the production bundle.
 */
export const developmentSecrets = {
  LINK_KEY: "development-only-link-key-0123456789abcdef",
  JOURNAL_KEY: "development-only-journal-key-0123456789abcdef",
  PASSWORD_PEPPER: "development-only-pepper-0123456789abcdef",
  FACTOR_KEY: "development-only-factor-key-0123456789abcdef",
  RESEND_API_KEY: "re_development_only",
  // base64 of "development-only-resend-secret"
  RESEND_WEBHOOK_SECRET: "whsec_ZGV2ZWxvcG1lbnQtb25seS1yZXNlbmQtc2VjcmV0",
  SETUP_CODE: "development-setup",
  OPERATOR_KEY: "development-only-operator-key-0123456789",
  SQUARE_APPLICATION_ID: "sandbox-sq0idb-development-only",
  SQUARE_APPLICATION_SECRET: "sandbox-sq0csb-development-only",
  SQUARE_ENVIRONMENT: "sandbox",
  SQUARE_WEBHOOK_KEY: "development-only-webhook-key",
  VAPID_PUBLIC_KEY: "BGIPzP3xBkwLi3L51vd6s8MAoMvKUZal1s-ykofex_41sga5wWgz6d16jeFJ1cdsszQ7hLD5S0iHw-fFHEH3eVA",
  VAPID_PRIVATE_KEY: "u_3x8WILSr9pV7687WJ-rrxDmSkpHn75fOqLw-xiNcQ",
  VAPID_SUBJECT: "mailto:push@baytrack.test",
  TOKEN_KEY: "dev:development-only-token-key-0123456789abcdef",
};

/** Where Square's stand-in sends people and webhooks, as a deployment writes it in Square's dashboard. */
export const squareAddresses = (origin: string) => ({ redirectUrl: `${origin}/square/callback`, webhookUrl: `${origin}/webhooks/square` });

export const demo = {
  password: "baytrack-demo",
  ingestKey: "demo-harbor-ingest",
  ridgeIngestKey: "demo-ridge-ingest",
  /** Northline's trackers, which the simulator drives. */
  trackers: Array.from({ length: 12 }, (_, at) => `NL-${101 + at}`),
  people: [
    ["staff, owner", "owner@harbor.test", "/login"],
    ["staff, technician", "tech@harbor.test", "/login"],
    ["staff of the second shop", "owner@ridge.test", "/login"],
    ["customer, 12 units", "fleet@northline.test", "/portal (link: /dev/mailbox)"],
    ["customer, 5 units", "ops@summit.test", "/portal (link: /dev/mailbox)"],
    ["vendor", "desk@gearworks.test", "/vendor-portal"],
    ["driver", "dana@northline.test", "/driver-portal (link: /dev/mailbox; or code 4471, PIN 904417)"],
  ],
} as const;
