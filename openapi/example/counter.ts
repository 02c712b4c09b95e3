// A front end takes a payment: compiled against the generated types, so that a change of the contract is seen here.
import createClient from "openapi-fetch";
import type { paths } from "../generated/counter.v1.js";

const api = createClient<paths>({ baseUrl: "http://127.0.0.1:5080" });

/** Takes cash into a card's quota account; `fen` is a whole number. The same key may be sent again after a lost answer. */
export async function collectCash(token: string, cardNumber: string, fen: number, key: string): Promise<string> {
  const { data, error } = await api.POST("/v1/cards/{cardNumber}/collections", {
    params: { path: { cardNumber }, header: { "Idempotency-Key": key } },
    headers: { Authorization: `Bearer ${token}` },
    body: { amount: fen, paymentMethod: "cash", oilType: "gasoline92" },
  });
  if (error) throw new Error(`${error.code}: ${error.title}`);
  return data.serialNumber;
}
