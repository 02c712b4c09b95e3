namespace Billing.TopUps.Line;

/// <summary>
/// What a carrier answered: a value, a definite no, or nothing. What is unknown stays unknown: a timeout, a broken connection or an answer that
/// cannot be read is never taken for a no.
/// </summary>
internal sealed record CarrierAnswer<T>(T? Value, string? No)
    where T : class
{
    public static readonly CarrierAnswer<T> Unknown = new(null, null);

    public bool IsUnknown => Value is null && No is null;
}

/// <summary>A top-up to hand over.</summary>
internal sealed record CarrierTopUp(
    string Id,
    string Phone,
    long Amount,
    string Carrier,
    string Kind,
    string Store,
    DateTimeOffset ValidUntil
);

/// <summary>A top-up as the carrier has it: applying, succeeded, failed or unknown.</summary>
internal sealed record CarrierTopUpState(string Id, string State, string? Carrier, string? Serial, string? Code, long Amount, DateOnly? Day)
{
    public const string Applying = "applying";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Unknown = "unknown";
}

/// <summary>A redemption as the carrier has it: authenticated, wrong, confirmed, undone or unknown. Amount in fen.</summary>
internal sealed record CarrierRedemption(string Id, string State, long Amount)
{
    public const string Authenticated = "authenticated";
    public const string Wrong = "wrong";
    public const string Confirmed = "confirmed";
    public const string Undone = "undone";
}
