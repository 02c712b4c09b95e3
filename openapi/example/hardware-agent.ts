// A front end hands the ticket of a card operation to the agent beside the card reader. Its origin must be one that the agent allows
// (Agent:AllowedOrigins); a browser adds it by itself.
import createClient from "openapi-fetch";
import type { paths } from "../generated/hardware-agent.v1.js";

const agent = createClient<paths>({ baseUrl: "http://127.0.0.1:5481" });

// In memory only: a page that is loaded anew opens another session.
let session: string | undefined;
agent.use({
  onRequest({ request }) {
    if (session) request.headers.set("Authorization", `Bearer ${session}`);
  },
});

async function openSession() {
  const { data, error } = await agent.POST("/v1/sessions");
  if (error) throw new Error(`${error.code}: ${error.title}`);
  session = data.token;
}

/** Runs the card operation to its end; answers with what the server says came of it. */
export async function runOnCard(ticket: string) {
  if (!session) await openSession();
  let { data, error } = await agent.POST("/v1/operations", { body: { ticket } });
  if (error?.code === "session-required") {
    // The session has ended; nothing was asked of the card. The same ticket is still good.
    await openSession();
    ({ data, error } = await agent.POST("/v1/operations", { body: { ticket } }));
  }

  if (error || !data) throw new Error(error ? `${error.code}: ${error.title}` : "no answer");
  return data;
}
