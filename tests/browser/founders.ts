// Companies that were founded a moment ago, with nobody in them but their founder.
import type { APIRequestContext } from "@playwright/test";
import { expect, PASSWORD } from "./reps";

/** An address that nobody has. */
export function address(): string {
  return `new-${crypto.randomUUID()}@mail.test`;
}

/** The link in the latest mail to an address. */
export async function linkTo(api: APIRequestContext, to: string): Promise<string> {
  let link: string | undefined;
  await expect(async () => {
    const { items } = await (await api.get("/api/dev/outbox")).json();
    const mail = items.find((mail: { to: string; text: string }) => mail.to === to);
    link = mail?.text.match(/^http\S+#token=\S+$/m)?.[0];
    expect(link, `a link in the mail to ${to}`).toBeTruthy();
  }).toPass();
  return link!;
}

/** The manager of a new company, by the API. */
export async function founder(api: APIRequestContext) {
  const email = address();
  await api.post("/api/auth/register", { data: { companyName: "Sagar Sarees", email } });
  const token = new URL(await linkTo(api, email)).hash.slice("#token=".length);
  const data = { token, firstName: "Meera", lastName: "Rao", password: PASSWORD };
  const { accessToken } = await (await api.post("/api/auth/register", { data })).json();
  return {
    email,
    invite: async (data: { email?: string; role: string }): Promise<{ link?: string }> => {
      const answer = await api.post("/api/invites", { data, headers: { authorization: `Bearer ${accessToken}` } });
      expect(answer.status()).toBe(201);
      return answer.json();
    },
  };
}
