using Access;

namespace Issuance.Issuing;

/// <summary>What a branch asks for a kind of card, in fen, and how long the card is valid (FC-01.3).</summary>
internal sealed record IssueTerms(long CardFee, long Deposit, long ServiceFee, int ValidYears)
{
    public static async Task<IssueTerms> Read(Parameters parameters, CardType type, long branchId, CancellationToken ct)
    {
        var name = IssueDesk.Name(type);
        var (fee, deposit) = (Parameter.CardFee(name), Parameter.Deposit(name));
        var set = await parameters.Numbers([fee, deposit, Parameter.ServiceFee, Parameter.CardValidYears], branchId, ct);
        return new IssueTerms(set[fee], set[deposit], set[Parameter.ServiceFee], (int)set[Parameter.CardValidYears]);
    }

    /// <summary>The service fee, unless it is waived (FC-01.4).</summary>
    public long ServiceFeeOf(bool waived) => waived ? 0 : ServiceFee;
}
