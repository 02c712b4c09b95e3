namespace Funding.Contracts;

/// <summary>Finds a discount contract for a booking, remembered per process and confirmed by the booking's own transaction.</summary>
internal sealed class ContractMemory
{
    private const int Most = 500;
    private readonly Recent<string, DiscountContract> _contracts = new(Most);

    public async ValueTask<DiscountContract?> Find(AppDb db, RequestContext request, string code, CancellationToken ct)
    {
        if (request.MayRemember && _contracts.TryGet(code, out var known))
        {
            request.GoesBy(Premise.Of(known.Id, known));
            return known;
        }

        var found = await db.Contract(code, ct);
        if (found is not null)
        {
            _contracts.Set(code, found);
        }

        return found;
    }
}
