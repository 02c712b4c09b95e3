namespace Billing.Electricity.Power;

/// <summary>
/// What the power side said: a value, a definite no, or nothing that can be relied on. What is unknown stays unknown: a timeout, a broken connection
/// or an answer that cannot be read is never taken for a no.
/// </summary>
internal sealed record PowerAnswer<T>(T? Value, PowerNo? No)
    where T : class
{
    public static readonly PowerAnswer<T> Unknown = new(null, null);

    public bool IsUnknown => Value is null && No is null;
}

/// <summary>A definite no.</summary>
/// <param name="Status">The status of the answer.</param>
/// <param name="Code">What it is about: changed, settled, reversed, not-allowed, not-signed-on, customer-unknown and others.</param>
/// <param name="Receivables">What is owed now, where the amount has changed.</param>
internal sealed record PowerNo(int Status, string Code, IReadOnlyList<PowerReceivable>? Receivables = null);

/// <summary>A customer of the power side.</summary>
internal sealed record PowerCustomer(string Number, string Name, string Address, string Kind, string Unit, string UnitName, long Balance);

/// <summary>A receivable as of a date, in fen.</summary>
internal sealed record PowerReceivable(string Id, string Month, int Sequence, long Principal, long LateFee, long Total, DateOnly Due);

/// <summary>What a customer owes, under a reference.</summary>
internal sealed record PowerQuote(
    string Customer,
    string Unit,
    string Reference,
    DateTimeOffset ValidUntil,
    DateOnly AsOf,
    bool PartsAllowed,
    bool KeepsBalance,
    long Balance,
    IReadOnlyList<PowerReceivable> Receivables
);

/// <summary>What is paid of one receivable, in fen.</summary>
internal sealed record PowerItem(string Receivable, long Principal, long LateFee, long Total);

/// <summary>A payment to tell.</summary>
internal sealed record PowerPayment(
    string Id,
    string BankSerial,
    string Reference,
    IReadOnlyList<PowerItem> Items,
    long Prepaid,
    long Total,
    string Mode,
    DateOnly WorkDate
);

/// <summary>A payment as the power side has it: paid, reversed or unknown.</summary>
internal sealed record PowerPaymentState(string Id, string State, string? Serial, long Total)
{
    public const string Paid = "paid";
    public const string Reversed = "reversed";
    public const string Unknown = "unknown";
}

/// <summary>A deposit that a supply company pays in.</summary>
internal sealed record PowerDeposit(string Unit, string Number, long Amount, string State);

/// <summary>Count and amount of a work date in fen, as the power side has them.</summary>
internal sealed record PowerTotals(string Unit, long Count, long Amount, long ReversedCount, long ReversedAmount);

/// <summary>A file on the power side's shelf.</summary>
internal sealed record PowerFile(string Name, DateOnly Date, long Bytes, bool Complete);

/// <summary>A line to put right.</summary>
internal sealed record PowerAdjustment(string Id, string Kind, PowerAdjustedLine Line);

/// <summary>The line of an adjustment.</summary>
internal sealed record PowerAdjustedLine(
    DateOnly WorkDate,
    string Unit,
    string BankSerial,
    string PowerSerial,
    string Customer,
    string Receivable,
    string Month,
    long Principal,
    long LateFee,
    long Total,
    string Mode,
    string Time,
    string State
);

/// <summary>What the power side answers where nothing but the success matters.</summary>
internal sealed record PowerDone;
