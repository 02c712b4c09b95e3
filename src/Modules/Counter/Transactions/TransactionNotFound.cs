namespace Counter.Transactions;

public sealed record TransactionNotFound()
    : Refusal("transaction-not-found", 404, "There is no transaction with this serial number.", "业务流水号不存在。");
