// A provider of single sign-on as others write it, for the tests: `oidc-provider`, certified by the OpenID Foundation.
// Called with the address to come back to; says its issuer in its first line.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [back] = process.argv.slice(2);
const server = createServer((request, response) => answer(request, response));
let answer = () => {};
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const client = { client_id: "klucznik", client_secret: "sekret: klienta/1", redirect_uris: [back] };
  const claims = (sub) => ({ sub, name: "Anna Nowa", preferred_username: "anna.nowa", email: "anna@firma.example", email_verified: true });
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ["sub"], profile: ["name", "preferred_username"], email: ["email", "email_verified"], auth_time: null },
    // Nothing but the token is asked for.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ["of a test"] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => claims(sub) }),
  });
  answer = provider.callback();
  console.log(`issuer ${issuer}`);
});
