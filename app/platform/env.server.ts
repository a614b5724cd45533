/** What the deployment was given, read once. A missing provider key means "not connected", never a stand-in. */
export type Settings = {
  development: boolean;
  /** HMAC key of sign-in links and codes. */
  linkKey: string;
  /** HMAC key of the journal's chain. */
  journalKey: string;
  /** HMAC key over passwords before they are hashed. */
  passwordPepper: string;
  /** Where the keys over second factors are derived from. */
  factorKey: string;
  /** Opens /setup while no organization exists; null closes it. */
  setupCode: string | null;
  /** Bearer key of the operator's command line; null closes /api/operator. */
  operatorKey: string | null;
  /** `replyDomain`: where the provider receives replies; null while it receives none. */
  mail: { apiKey: string; baseUrl: string; from: string; replyDomain: string | null } | null;
  /** Resend's signing secret of its reports on mails; null while none are taken. */
  mailWebhookSecret: string | null;
  square: SquareSettings | null;
  /** Null while a key is missing: nobody is offered push messages. */
  push: PushSettings | null;
  /** Development only: where the mail stand-in shows what it took. */
  mailboxUrl: string | null;
  /** Development only: the organization whose look the bare host wears. */
  demoSlug: string | null;
};

/** BayTrack's application at Square, which each shop connects to its own account. */
export type SquareSettings = {
  applicationId: string;
  applicationSecret: string;
  environment: "sandbox" | "live";
  baseUrl: string;
  webhook: { key: string; url: string };
  /** Encrypt the shops' tokens: the first seals, each opens what it sealed. */
  tokenKeys: readonly { id: string; secret: string }[];
};

/** Our own key pair for push services (RFC 8292), and how they reach whoever runs this. */
export type PushSettings = {
  publicKey: string;
  privateKey: string;
  subject: string;
  /** Development only: the stand-in of a push service, called for the addresses of `PUSH_STAND_IN_HOST`. */
  standInUrl: string | null;
};

const SQUARE_HOSTS = { sandbox: "https://connect.squareupsandbox.com", live: "https://connect.squareup.com" } as const;

type Given = Partial<
  Record<
    | "ENVIRONMENT"
    | "LINK_KEY"
    | "JOURNAL_KEY"
    | "PASSWORD_PEPPER"
    | "FACTOR_KEY"
    | "SETUP_CODE"
    | "OPERATOR_KEY"
    | "RESEND_API_KEY"
    | "RESEND_BASE_URL"
    | "RESEND_WEBHOOK_SECRET"
    | "MAIL_FROM"
    | "MAIL_REPLY_DOMAIN"
    | "MAILBOX_URL"
    | "SQUARE_APPLICATION_ID"
    | "SQUARE_APPLICATION_SECRET"
    | "SQUARE_ENVIRONMENT"
    | "SQUARE_BASE_URL"
    | "SQUARE_WEBHOOK_KEY"
    | "SQUARE_WEBHOOK_URL"
    | "TOKEN_KEY"
    | "VAPID_PUBLIC_KEY"
    | "VAPID_PRIVATE_KEY"
    | "VAPID_SUBJECT"
    | "PUSH_BASE_URL",
    unknown
  >
>;

export function readSettings(env: object): Settings {
  const given = env as Given; // bindings come untyped from the runtime; each is checked below
  const text = (name: keyof Given) => (typeof given[name] === "string" && given[name] !== "" ? given[name] : null);
  const secret = (name: "LINK_KEY" | "JOURNAL_KEY" | "PASSWORD_PEPPER" | "FACTOR_KEY") => {
    const value = text(name);
    if (!value || value.length < 32) throw new Error(`${name} must be set to at least 32 characters`);
    return value;
  };
  const development = text("ENVIRONMENT") === "development";
  const apiKey = text("RESEND_API_KEY");
  return {
    development,
    linkKey: secret("LINK_KEY"),
    journalKey: secret("JOURNAL_KEY"),
    passwordPepper: secret("PASSWORD_PEPPER"),
    factorKey: secret("FACTOR_KEY"),
    setupCode: text("SETUP_CODE"),
    operatorKey: text("OPERATOR_KEY"),
    mail: apiKey && {
      apiKey,
      baseUrl: text("RESEND_BASE_URL") ?? "https://api.resend.com",
      from: text("MAIL_FROM") ?? "BayTrack <no-reply@baytrack.invalid>",
      replyDomain: text("MAIL_REPLY_DOMAIN")?.toLowerCase() ?? null,
    },
    mailWebhookSecret: text("RESEND_WEBHOOK_SECRET"),
    square: squareSettings(text, development),
    push: pushSettings(text, development),
    mailboxUrl: development ? text("MAILBOX_URL") : null,
    demoSlug: development ? "harbor" : null,
  } as Settings; // `apiKey &&` narrows to the object or null
}

/** Null while any of it is missing: shops can't connect, and their Payments page shows it. */
function squareSettings(text: (name: keyof Given) => string | null, development: boolean): SquareSettings | null {
  const [applicationId, applicationSecret] = [text("SQUARE_APPLICATION_ID"), text("SQUARE_APPLICATION_SECRET")];
  const environment = text("SQUARE_ENVIRONMENT");
  const [key, url] = [text("SQUARE_WEBHOOK_KEY"), text("SQUARE_WEBHOOK_URL")];
  const tokenKeys = readTokenKeys(text("TOKEN_KEY"));
  if (!applicationId || !applicationSecret || !key || !url || tokenKeys.length === 0) return null;
  if (environment !== "sandbox" && environment !== "live") return null;
  const baseUrl = (development ? text("SQUARE_BASE_URL") : null) ?? SQUARE_HOSTS[environment];
  return { applicationId, applicationSecret, environment, baseUrl, webhook: { key, url }, tokenKeys };
}

/** A key that isn't one of the curve counts as missing. */
function pushSettings(text: (name: keyof Given) => string | null, development: boolean): PushSettings | null {
  const [publicKey, privateKey, subject] = [text("VAPID_PUBLIC_KEY"), text("VAPID_PRIVATE_KEY"), text("VAPID_SUBJECT")];
  if (!publicKey || !privateKey || !subject) return null;
  if (!/^B[\w-]{86}$/.test(publicKey) || !/^[\w-]{43}$/.test(privateKey) || !/^(mailto:|https:)\S+$/.test(subject)) return null;
  return { publicKey, privateKey, subject, standInUrl: development ? text("PUSH_BASE_URL") : null };
}

/** "2026b:<secret> 2026a:<secret>": an id and at least 32 characters each, the newest first. */
function readTokenKeys(given: string | null): { id: string; secret: string }[] {
  return (given ?? "").split(/\s+/).flatMap((one) => {
    const [, id, secret] = /^([\w-]{1,20}):(\S{32,})$/.exec(one) ?? [];
    return id && secret ? [{ id, secret }] : [];
  });
}
