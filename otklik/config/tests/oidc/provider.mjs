// A real provider of OpenID Connect: takes {client, secret, back, people} as JSON by stdin, prints
// its issuer. A person is chosen at /interaction/<uid>?login=…&amr=… in place of a form.
import http from "node:http";
import { text } from "node:stream/consumers";
import { Provider } from "oidc-provider";

const told = JSON.parse(await text(process.stdin));
const server = http.createServer();
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: told.client,
      client_secret: told.secret,
      redirect_uris: [told.back],
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  pkce: { required: () => true },
  conformIdTokenClaims: true,
  acrValues: ["urn:mfa"],
  claims: {
    openid: ["sub", "amr", "acr"],
    profile: ["name", "family_name", "given_name", "middle_name", "groups", "realm_access"],
    email: ["email", "email_verified"],
  },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, ...told.people[id] }),
  }),
});

async function decide(request, response) {
  const asked = new URL(request.url, issuer).searchParams;
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (asked.get("login") === "nobody") {
    return provider.interactionFinished(request, response, { error: "access_denied" });
  }
  if (prompt.name === "login") {
    const login = { accountId: asked.get("login"), amr: (asked.get("amr") || "pwd").split(" ") };
    return provider.interactionFinished(request, response, { login });
  }
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent }, { mergeWithLastSubmission: true });
}

const rest = provider.callback();
server.on("request", (request, response) => {
  if (!request.url.startsWith("/interaction/")) return rest(request, response);
  decide(request, response).catch((error) => {
    response.statusCode = 500;
    response.end(String(error));
  });
});
console.log(issuer);
