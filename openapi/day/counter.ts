// One counter's front end: what it asks of the API and of the agent beside the card reader. Types come from the descriptions alone.
import createClient from "openapi-fetch";
import type { components as Api, paths as ApiPaths } from "../generated/counter.v1.js";
import type { components as Agent, paths as AgentPaths } from "../generated/hardware-agent.v1.js";
import { Description } from "./described.js";

export type Schemas = Api["schemas"];
export type AgentSchemas = Agent["schemas"];
type Problem = Schemas["ProblemBody"];
export type Result<T> = { data?: T; error?: unknown; response: Response };

export const counterApi = new Description("counter.v1.json");
export const agentApi = new Description("hardware-agent.v1.json");

export function newKey(): string {
  return crypto.randomUUID();
}

/** The answer that was expected; else the problem's code, in which a front end would branch. */
export function data<T>(result: Result<T>): T {
  if (result.data === undefined) throw new Error(`${result.response.status} ${result.response.url}: ${JSON.stringify(result.error)}`);
  return result.data;
}

/** The problem that was expected. */
export function refused(result: Result<unknown>, status: number, code: string): Problem {
  const problem = result.error as Problem | undefined;
  if (result.response.status !== status || problem?.code !== code) {
    throw new Error(`${result.response.url}: expected ${status} ${code}, got ${result.response.status} ${JSON.stringify(problem)}`);
  }

  return problem;
}

export function must(condition: boolean, what: string) {
  if (!condition) throw new Error(what);
}

/** Somebody at the counter. */
export function operator(baseUrl: string) {
  const api = createClient<ApiPaths>({ baseUrl, fetch: counterApi.fetch, headers: { "Accept-Language": "en" } });
  let token: string | undefined;
  api.use({
    onRequest({ request }) {
      if (token) request.headers.set("Authorization", `Bearer ${token}`);
    },
  });

  return {
    api,
    trySignIn: (branchCode: string, login: string, password: string) => api.POST("/v1/sign-in", { body: { branchCode, login, password } }),
    async signIn(branchCode: string, login: string, password: string) {
      const signedIn = data(await this.trySignIn(branchCode, login, password));
      token = signedIn.accessToken;
      return signedIn;
    },
    /** The second operator types login and password at this counter; the one-time token. */
    async approval(asked: Problem, login: string, password: string): Promise<string> {
      const { approvalRequestId } = asked as Problem & { approvalRequestId: string };
      const shown = data(await api.GET("/v1/approval-requests/{id}", { params: { path: { id: approvalRequestId } } }));
      must(shown.words.length > 0 && shown.state === "waiting", "the approver is shown nothing");
      return data(await api.POST("/v1/approvals", { body: { approvalRequestId, login, password } })).approvalToken;
    },
  };
}

/** The agent: a page of an allowed origin, with a session. */
export async function cardReader(baseUrl: string, origin: string, reader: string) {
  const agent = createClient<AgentPaths>({ baseUrl, fetch: agentApi.fetch, headers: { Origin: origin } });
  const { token } = data(await agent.POST("/v1/sessions"));
  agent.use({
    onRequest({ request }) {
      request.headers.set("Authorization", `Bearer ${token}`);
    },
  });

  async function putIn(cardId: string) {
    const put = await agent.PUT("/v1/simulator/readers/{reader}/card", { params: { path: { reader } }, body: { cardId } });
    must(put.response.status === 204, "the virtual card could not be put in");
  }

  async function takeOut() {
    const taken = await agent.DELETE("/v1/simulator/readers/{reader}/card", { params: { path: { reader } } });
    must(taken.response.status === 204, "there was no virtual card to take out");
  }

  return {
    takeOut,
    async putInBlankCard() {
      const { cardId } = data(await agent.POST("/v1/simulator/cards"));
      await putIn(cardId);
    },
    /** A memory card from the factory, in the reader. */
    async putInMemoryCard(): Promise<string> {
      const { cardId } = data(await agent.POST("/v1/simulator/memory-cards", { body: { face: "sle4442" } }));
      await putIn(cardId);
      return cardId;
    },
    createMeter: async (meterNumber: string) => data(await agent.POST("/v1/simulator/meters", { body: { meterNumber } })),
    /** Out of the reader, into the meter, and back. */
    async swipe(meterNumber: string, cardId: string): Promise<AgentSchemas["CardSwiped"]> {
      await takeOut();
      const swiped = data(
        await agent.POST("/v1/simulator/meters/{meterNumber}/swipes", { params: { path: { meterNumber } }, body: { cardId } }),
      );
      await putIn(cardId);
      return swiped;
    },
    use: async (meterNumber: string, quantity: number) =>
      data(await agent.POST("/v1/simulator/meters/{meterNumber}/uses", { params: { path: { meterNumber } }, body: { quantity } })),
    run: async (operation: Schemas["CardOperationTicket"]) =>
      data(await agent.POST("/v1/operations", { body: { ticket: operation.ticket, reader } })),
    read: async () => data(await agent.GET("/v1/card", { params: { query: { reader } } })),
  };
}
