// A prepaid meter's user: opens an account, swipes the card in the simulated meter, and buys again.
import { type cardReader, data, must, newKey, type operator, refused, type Schemas } from "./counter.js";

type Desk = ReturnType<typeof operator>;
type Reader = Awaited<ReturnType<typeof cardReader>>;

const meterNumber = "202600000001";
const withKey = () => ({ header: { "Idempotency-Key": newKey() } });

/** The cashier sells, the manager makes cards; what was sold, as a line to show. */
export async function meterDay(cashier: Desk, manager: Desk, reader: Reader): Promise<string> {
  const { accountId, priceId } = await account(manager);
  await reader.takeOut();
  const setting = await newCard(manager, reader);
  await make(manager, reader, "setting", accountId);
  await reader.createMeter(meterNumber);
  must((await reader.swipe(meterNumber, setting)).result === "taken", "the meter was not set");
  await reader.takeOut();

  const card = await newCard(manager, reader);
  const person = { name: "王小明", phone: "13800138000", address: "1 号楼 2 单元 301" };
  const { userId } = data(await cashier.api.POST("/v1/meter-users", { params: withKey(), body: person }));
  const opening = data(
    await cashier.api.POST("/v1/meter-users/{userId}/openings", {
      params: { path: { userId }, ...withKey() },
      body: { readId: await read(cashier, reader), accountId, priceId, meterNumber, quantity: 20_000, paymentMethod: "cash" },
    }),
  );
  await onCard(cashier, reader, opening.operation);
  const sale = async (readId: string) =>
    cashier.api.POST("/v1/meter-sales", { params: withKey(), body: { readId, subMeter: 1, amount: 10_000, paymentMethod: "cash" } });
  refused(await sale(await read(cashier, reader)), 409, "card-not-swiped");

  must((await reader.swipe(meterNumber, card)).meter.remaining === 20_500, "the meter did not take the first purchase");
  await reader.use(meterNumber, 15_000);
  await reader.swipe(meterNumber, card);
  const readId = await read(cashier, reader);
  const shown = data(await cashier.api.GET("/v1/meter-card-reads/{readId}", { params: { path: { readId } } }));
  must(shown.faults.length === 0, "something is wrong with the card");
  const second = started(data(await sale(readId)));
  await onCard(cashier, reader, second.operation);
  const { meter } = await reader.swipe(meterNumber, card);
  must(meter.remaining === 5_500 + second.quote.onCard, `the meter shows ${meter.remaining}`);
  return `sold ${second.quote.quantity / 100} kWh for ${second.quote.amount / 100} after ${opening.quote.amount / 100}; the meter took both`;
}

/** A sale, and not the quote that dryRun answers with. */
function started(answer: Schemas["MeterQuote"] | Schemas["MeterSaleStarted"]): Schemas["MeterSaleStarted"] {
  if (!("operation" in answer)) throw new Error("a quote and not a sale");
  return answer;
}

async function account(manager: Desk) {
  const { accountId } = data(
    await manager.api.POST("/v1/meter-accounts", {
      params: withKey(),
      body: {
        name: "一期居民电表",
        meterType: "electricity",
        subMeter: 1,
        maintenanceCode: "88001234",
        purchaseLimit: 100_000,
        preStored: 500,
        overdraft: 400,
        alarm: 1_000,
        training: false,
      },
    }),
  );
  const { priceId } = data(
    await manager.api.POST("/v1/meter-accounts/{accountId}/prices", {
      params: { path: { accountId }, ...withKey() },
      body: { name: "居民电价", tiers: [{ upTo: 276_000, price: 5_380 }, { upTo: null, price: 8_380 }] },
    }),
  );
  return { accountId, priceId };
}

async function newCard(manager: Desk, reader: Reader): Promise<string> {
  const card = await reader.putInMemoryCard();
  await make(manager, reader, "new");
  return card;
}

async function make(manager: Desk, reader: Reader, kind: Schemas["MeterCardToMake"], accountId: string | null = null) {
  const body = { readId: await read(manager, reader), kind, accountId };
  const { operation } = data(await manager.api.POST("/v1/meter-cards", { params: withKey(), body }));
  await onCard(manager, reader, operation);
}

async function read(desk: Desk, reader: Reader): Promise<string> {
  const { operation } = data(await desk.api.POST("/v1/meter-card-reads", { params: withKey() }));
  await onCard(desk, reader, operation);
  return operation.operationId;
}

async function onCard(desk: Desk, reader: Reader, operation: Schemas["CardOperationTicket"]) {
  await reader.run(operation);
  const path = { operationId: operation.operationId };
  const ended = data(await desk.api.GET("/v1/card-operations/{operationId}", { params: { path } }));
  must(ended.state === "confirmed", `the card operation is ${ended.state}: ${ended.code} ${ended.message}`);
}
