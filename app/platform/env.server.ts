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
  mail: { apiKey: string; baseUrl: string; from: string } | null;
  /** Development only: where the mail stand-in shows what it took. */
  mailboxUrl: string | null;
  /** Development only: the organization whose look the bare host wears. */
  demoSlug: string | null;
};

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
    | "MAIL_FROM"
    | "MAILBOX_URL",
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
    },
    mailboxUrl: development ? text("MAILBOX_URL") : null,
    demoSlug: development ? "harbor" : null,
  } as Settings; // `apiKey &&` narrows to the object or null
}
