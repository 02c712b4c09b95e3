using Access.SystemParameters;

namespace Issuance.Issuing;

/// <summary>What a branch asks for a kind of card, in fen, and how long the card is valid (FC-01.3).</summary>
internal sealed record IssueTerms(long CardFee, long Deposit, long ServiceFee, int ValidYears)
{
    public static async Task<IssueTerms> Read(Parameters parameters, CardType type, long branchId, CancellationToken ct)
    {
        var (fee, deposit) = (IssuanceParameters.CardFee(type), IssuanceParameters.Deposit(type));
        var set = await parameters.Numbers([fee, deposit, IssuanceParameters.ServiceFee, IssuanceParameters.CardValidYears], branchId, ct);
        return new IssueTerms(set[fee], set[deposit], set[IssuanceParameters.ServiceFee], (int)set[IssuanceParameters.CardValidYears]);
    }

    /// <summary>The service fee, unless it is waived (FC-01.4).</summary>
    public long ServiceFeeOf(bool waived) => waived ? 0 : ServiceFee;
}
