// A whole counter day by a generated client, against a running API with demonstration data and an agent with a virtual chip:
//   node generated/js/day/day.js API_ADDRESS AGENT_ADDRESS      (started in openapi/)
import { agentApi, cardReader, counterApi, data, must, newKey, operator, refused, type Schemas } from "./counter.js";
import { meterDay } from "./meters.js";

const [apiAddress, agentAddress] = process.argv.slice(2);
if (!apiAddress || !agentAddress) throw new Error("Usage: day.js API_ADDRESS AGENT_ADDRESS");

const branchCode = "10100001";
const desk = operator(apiAddress);
const { api } = desk;
const approver = { login: "approver", password: "Approver2026" };
const reader = await cardReader(agentAddress, "http://localhost:5173", "Virtual reader 1");

function step(text: string) {
  console.log(`  ${text}`);
}

async function morning() {
  refused(await desk.trySignIn(branchCode, "cashier", "Wrong2026"), 401, "sign-in-failed");
  const change = { branchCode, login: "cashier", oldPassword: "Cashier2026", newPassword: "Autumn2026", newPasswordAgain: "Autumn2026" };
  refused(await api.POST("/v1/password-changes", { body: { ...change, newPasswordAgain: "Winter2026" } }), 400, "validation-failed");
  must((await api.POST("/v1/password-changes", { body: change })).response.status === 204, "the password was not changed");
  refused(await desk.trySignIn(branchCode, "cashier", "Cashier2026"), 401, "sign-in-failed");
  const signedIn = await desk.signIn(branchCode, "cashier", "Autumn2026");
  const day = data(await api.GET("/v1/branch-days/current"));
  const me = data(await api.GET("/v1/me"));
  must(me.businessDate === day.businessDate, `two open days: ${me.businessDate} and ${day.businessDate}`);
  must(me.operator.login === signedIn.operator.login, "somebody else is signed in");
  step(`signed in with a new password; ${day.businessDate} is open`);
}

/** A card for a new customer, at a fee that a second operator approves. */
async function issue(): Promise<Schemas["IssuanceStarted"]> {
  await reader.putInBlankCard();
  const body: Schemas["OpenPersonalSingleRequest"] = {
    person: { name: "王小明", certificateType: "residentIdentity", certificateNumber: "11010519491231002X", phone: "13800138000" },
    fees: { cardFee: 1_500, deposit: 0, serviceFeeWaived: false, feeInvoice: false, paymentMethod: "cash" },
  };
  const ask = (approval?: string) =>
    api.POST("/v1/issuances/personal-single", {
      params: { header: { "Idempotency-Key": newKey(), ...(approval ? { "Approval-Token": approval } : {}) } },
      body,
    });
  const asked = refused(await ask(), 403, "approval-required");
  const started = data(await ask(await desk.approval(asked, approver.login, approver.password)));
  await onCard(started.operation);
  step(`issued card ${started.cardNumber} to customer ${started.customerCode}, approved`);
  return started;
}

/** Hands the ticket to the agent, and asks the API how it ended: the agent's word is not proof. */
async function onCard(operation: Schemas["CardOperationTicket"]): Promise<Schemas["CardOperationView"]> {
  await reader.run(operation);
  const path = { operationId: operation.operationId };
  const ended = data(await api.GET("/v1/card-operations/{operationId}", { params: { path } }));
  must(ended.state === "confirmed", `the card operation is ${ended.state}: ${ended.code} ${ended.message}`);
  return ended;
}

async function collect(cardNumber: string, amount: number, key = newKey()) {
  return api.POST("/v1/cards/{cardNumber}/collections", {
    params: { path: { cardNumber }, header: { "Idempotency-Key": key } },
    body: { amount, paymentMethod: "cash", oilType: "gasoline92", contractCode: "DEMO-2026" },
  });
}

/** The answer is lost, so the same is asked again; a second cashier's typing error is told apart from it. */
async function collectAndAskAgain(cardNumber: string) {
  const key = newKey();
  const first = data(await collect(cardNumber, 100_000, key));
  const again = await collect(cardNumber, 100_000, key);
  must(data(again).serialNumber === first.serialNumber, "the same key booked twice");
  must(again.response.headers.get("Idempotency-Replayed") === "true", "the second answer does not say that it is the first one");
  const other = refused(await collect(cardNumber, 200_000, key), 422, "idempotency-key-reused");
  must(!other.retryable && other.outcome === "none", "a reused key is neither retryable nor booked");
  refused(await collect("0000000000000000", 100), 404, "card-not-found");
  step(`collected 1000.00 as ${first.serialNumber}, once`);
  return first;
}

async function allocateAndLoad({ customerCode, cardNumber }: Schemas["IssuanceStarted"]) {
  const lines = [{ cardNumber, amount: 30_000, points: 100 }];
  const path = { customerCode };
  const tried = data(
    await api.POST("/v1/customers/{customerCode}/allocations", {
      params: { path, query: { dryRun: true }, header: { "Idempotency-Key": newKey() } },
      body: { lines },
    }),
  );
  const booked = data(
    await api.POST("/v1/customers/{customerCode}/allocations", { params: { path, header: { "Idempotency-Key": newKey() } }, body: { lines } }),
  );
  must(booked.quotaBalance === tried.quotaBalance, "the allocation did something else than was tried");
  const params = { path: { cardNumber }, header: { "Idempotency-Key": newKey() } };
  const load = data(await api.POST("/v1/cards/{cardNumber}/loads", { params, body: { amount: 20_000 } }));
  const done = await onCard(load.operation);
  const chip = await reader.read();
  must(chip.balance === 20_000 && chip.cardNumber === cardNumber, `the chip holds ${chip.balance} fen`);
  step(`allocated 300.00 and loaded 200.00 as ${done.serialNumber}; the chip holds it`);
}

/** Prints twice: the second page says that it is one more. */
async function print(serialNumber: string) {
  const documents = data(await api.GET("/v1/transactions/{serialNumber}/documents", { params: { path: { serialNumber } } }));
  must(documents.items.length > 0, `${serialNumber} has no document to print`);
  for (const { kind } of documents.items) {
    const path = { serialNumber, kind };
    const times = await Promise.all(
      [1, 2].map(async () =>
        data(
          await api.POST("/v1/transactions/{serialNumber}/documents/{kind}/printings", {
            params: { path, header: { "Idempotency-Key": newKey() } },
          }),
        ),
      ),
    );
    must(times.filter((t) => t.reprint).length === 1, "of two printings one is a reprint");
    const page = await api.GET("/v1/transactions/{serialNumber}/documents/{kind}/printings/{number}", {
      params: { path: { ...path, number: 2 } },
      headers: { Accept: "text/html" },
      parseAs: "text",
    });
    must(String(page.data).includes("<html"), "the printing is no page");
  }

  step(`printed ${documents.items.map((d) => d.kind).join(", ")} of ${serialNumber}, and again`);
}

async function voided(cardNumber: string) {
  const wrong = data(await collect(cardNumber, 50_000));
  const path = { serialNumber: wrong.serialNumber };
  const check = data(await api.GET("/v1/transactions/{serialNumber}/correction", { params: { path } }));
  must(check.obstacles.length === 0, "nothing stands against voiding what was just collected");
  const undo = (approval?: string) =>
    api.POST("/v1/transactions/{serialNumber}/void", {
      params: { path, header: { "Idempotency-Key": newKey(), ...(approval ? { "Approval-Token": approval } : {}) } },
      body: { cardNumber, paymentMethod: "cash", amount: 50_000 },
    });
  const asked = refused(await undo(), 403, "approval-required");
  refused(await undo("not-a-token"), 403, "approval-invalid");
  const done = data(await undo(await desk.approval(asked, approver.login, approver.password)));
  must(done.correctsSerialNumber === wrong.serialNumber, "something else was voided");
  step(`voided ${wrong.serialNumber} as ${done.serialNumber}`);
  return done;
}

/** Days in which consumption may still arrive at the branch; null for what holds above it. */
async function setWaitingDays(value: number | null) {
  const admin = operator(apiAddress!);
  await admin.signIn("10000000", "admin2", "Second2026");
  const params = { path: { name: "late-consumption-days" } };
  data(await admin.api.PUT("/v1/parameters/{name}", { params, body: { branchCode, value } }));
}

/** The card proves that it is there. */
async function present(): Promise<string> {
  const started = data(await api.POST("/v1/card-sessions", { params: { header: { "Idempotency-Key": newKey() } } }));
  await onCard(started.operation);
  return started.sessionId;
}

/** The customer leaves: chip unloaded, card taken, account closed, and the rest paid out. */
async function closeAndPayOut({ customerCode, cardNumber }: Schemas["IssuanceStarted"]) {
  await setWaitingDays(0);
  const header = () => ({ "Idempotency-Key": newKey() });
  const opened = data(
    await api.POST("/v1/card-sessions/{sessionId}/closings", {
      params: { path: { sessionId: await present() }, header: header() },
    }),
  );
  must(opened.obstacles.some((o) => o.code === "purse-not-empty"), "money on the chip does not stand in the way");
  const unload = data(
    await api.POST("/v1/cards/{cardNumber}/unloads", { params: { path: { cardNumber }, header: header() }, body: { amount: 20_000 } }),
  );
  await onCard(unload.operation);
  const closing = { closingId: opened.closingId };
  const taken = data(
    await api.POST("/v1/closings/{closingId}/cards", {
      params: { path: closing, header: header() },
      body: { cardSessionId: await present() },
    }),
  );
  must(taken.obstacles.length === 0, `something stands in the way still: ${taken.obstacles.map((o) => o.code).join(", ")}`);
  const end = (approval?: string) =>
    api.POST("/v1/closings/{closingId}/end", {
      params: { path: closing, header: { ...header(), ...(approval ? { "Approval-Token": approval } : {}) } },
      body: { feeWaived: true },
    });
  const asked = refused(await end(), 403, "approval-required");
  const ended = data(await end(await desk.approval(asked, approver.login, approver.password)));
  const refund = (approval?: string) =>
    api.POST("/v1/customers/{customerCode}/refunds", {
      params: { path: { customerCode }, header: { ...header(), ...(approval ? { "Approval-Token": approval } : {}) } },
      body: { way: "cash", referenceNumber: "TK-0001" },
    });
  const paying = refused(await refund(), 403, "approval-required");
  const paid = data(await refund(await desk.approval(paying, approver.login, approver.password)));
  const left = data(await api.GET("/v1/customers/{customerCode}/refundable", { params: { path: { customerCode } } }));
  must(left.closed && left.quota === 0, "the account was not paid out whole");
  await setWaitingDays(null);
  step(`closed the account as ${ended.serialNumber} and paid ${(paid.amount / 100).toFixed(2)} out`);
}

async function evening(manager: ReturnType<typeof operator>) {
  const day = data(await manager.api.GET("/v1/branch-days/current"));
  const closed = data(
    await manager.api.POST("/v1/branch-days/current/close", {
      params: { header: { "Idempotency-Key": newKey() } },
      body: {
        businessDate: day.businessDate,
        countedCash: day.cash.map(({ operator, booked }) => ({ operator, amount: booked })),
        carryOver: false,
      },
    }),
  );
  must(closed.cash.every((c) => c.difference === 0), "the counted cash differs");
  const again = data(await manager.api.GET("/v1/branch-days/{date}", { params: { path: { date: closed.businessDate } } }));
  must(again.serialNumber === closed.serialNumber, "the closed day is another one");
  step(`closed ${closed.businessDate} as ${closed.serialNumber}; ${closed.nextDate} is open`);
}

await morning();
const card = await issue();
const first = await collectAndAskAgain(card.cardNumber);
await allocateAndLoad(card);
await print(first.serialNumber);
await print((await voided(card.cardNumber)).serialNumber);
const customer = data(await api.GET("/v1/customers/{customerCode}", { params: { path: { customerCode: card.customerCode } } }));
must(customer.cards[0]?.purse === 20_000 && customer.cards[0].reserve === 10_000, "the customer's card shows something else");
await closeAndPayOut(card);
const manager = operator(apiAddress);
await manager.signIn(branchCode, "manager", "Manager2026");
step(await meterDay(desk, manager, reader));
await evening(manager);
must((await api.POST("/v1/sign-out")).response.status === 204, "the session did not end");
refused(await api.GET("/v1/me"), 401, "not-signed-in");
console.log(`Counter day by a generated client: ${counterApi.calls.length + agentApi.calls.length} kinds of answers, each as described.`);
