// A front end hands the ticket of a card operation to the agent beside the card reader.
import createClient from "openapi-fetch";
import type { paths } from "../generated/hardware-agent.v1.js";

const agent = createClient<paths>({ baseUrl: "http://127.0.0.1:5090" });

/** Runs the card operation to its end; answers with what the server says came of it. */
export async function runOnCard(ticket: string) {
  const { data, error } = await agent.POST("/v1/operations", { body: { ticket } });
  if (error) throw new Error(`${error.code}: ${error.title}`);
  return data;
}
