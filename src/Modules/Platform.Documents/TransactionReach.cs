using Microsoft.AspNetCore.Builder;

namespace Platform.Documents;

/// <summary>The operator looked up too many numbers that are not of the own branch.</summary>
/// <param name="WaitSeconds">After how many seconds to go on.</param>
public sealed record TooManyLookUps(int WaitSeconds)
    : Refusal(
        "too-many-look-ups",
        429,
        "You looked up too many customers of other branches; wait a little.",
        "查询其他网点客户过于频繁，请稍候。"
    )
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => WaitSeconds;
}

/// <summary>The transaction was booked at another branch, and nothing shows that its customer is here.</summary>
public sealed record TransactionOutOfReach()
    : Refusal(
        "transaction-out-of-reach",
        403,
        "Another branch booked the transaction. First read the customer's card or check the holder's certificate.",
        "该业务由其他网点办理，请先读卡或核验持卡人证件。"
    );

/// <summary>
/// Who may see a transaction and its documents whole: one decision for both (PL-06.31). It depends on customers, whom this module does not know, so
/// the module that keeps them brings it.
/// </summary>
public abstract class TransactionReach
{
    /// <summary>The refusal; null when the caller may see it.</summary>
    public abstract Task<Refusal?> Whole(Transaction transaction, CancellationToken ct);
}

/// <summary>What the routes say that show a transaction.</summary>
public static class TransactionReachRoutes
{
    /// <summary>May refuse a transaction of another branch.</summary>
    public static RouteHandlerBuilder RefusesOutOfReach(this RouteHandlerBuilder route) =>
        route.Refuses(typeof(TransactionOutOfReach), typeof(TooManyLookUps));
}
