// A certified identity service (oidc-provider) on loopback, for the tests: it signs everybody in as the account that --account names, without asking.
import { pathToFileURL } from "node:url";

const given = Object.fromEntries(process.argv.slice(2).map((word) => word.replace(/^--/, "").split("=")));
const { default: Provider } = await import(pathToFileURL(`${given.modules}/oidc-provider/lib/index.js`));
const port = Number(given.port);
const issuer = `http://127.0.0.1:${port}`;
let account = JSON.parse(given.account);

const provider = new Provider(issuer, {
  clients: [{
    client_id: "mash", client_secret: "a made-up secret of the tests", redirect_uris: [given.back], response_types: ["code"],
    grant_types: ["authorization_code"], token_endpoint_auth_method: "client_secret_basic",
  }],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  claims: { openid: ["sub"], profile: ["name", "roles", "oid", "tid"] },
  conformIdTokenClaims: false,
  cookies: { keys: ["tests alone"] },
  findAccount: async (_, id) => ({ accountId: id, claims: async () => ({ ...account, sub: id }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
});

provider.use(async (ctx, next) => {
  if (ctx.path === "/account" && ctx.method === "POST") {  // another person signs in from now on
    const parts = [];
    for await (const part of ctx.req) parts.push(part);
    account = JSON.parse(Buffer.concat(parts).toString());
    ctx.body = "ok";
    return;
  }
  if (!ctx.path.startsWith("/interaction/")) return next();
  const details = await provider.interactionDetails(ctx.req, ctx.res);
  if (details.prompt.name === "login") {
    await provider.interactionFinished(ctx.req, ctx.res, { login: { accountId: account.sub } }, { mergeWithLastSubmission: false });
    ctx.respond = false;
    return;
  }
  const grant = new provider.Grant({ accountId: details.session.accountId, clientId: details.params.client_id });
  grant.addOIDCScope("openid profile");
  await provider.interactionFinished(ctx.req, ctx.res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  ctx.respond = false;
});

provider.listen(port, "127.0.0.1", () => console.log("ready"));
