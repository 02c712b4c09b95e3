namespace Billing.Electricity.Debits;

/// <summary>Shows a debit file.</summary>
internal static class GetDebitFile
{
    internal sealed record Query(string SerialNumber) : IQuery<DebitFileResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/debit-files/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetDebitFile))
                .WithSummary("Get a debit file")
                .WithDescription("Shows how far it is, and what is wrong with a refused one.")
                .RequireRight(ElectricityRights.RunDebits)
                .Reads<DebitFileResponse>()
                .ProducesRefusals<ValidationFailed, DebitFileUnknown>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, DebitFiles files) : QueryHandler<Query, DebitFileResponse>
    {
        protected override async Task<Outcome<DebitFileResponse>> Read(Query query, CancellationToken ct)
        {
            var found = await files.Find(query.SerialNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var file = found.Value;
            var outcomes = db.Set<DebitOutcome>().Where(o => o.FileId == file.Id);
            var debited = outcomes.Where(o => o.TransactionId != null);
            var faults = await db.Set<DebitFileFaultRow>().Where(f => f.FileId == file.Id).OrderBy(f => f.Number).ToListAsync(ct);
            var chinese = Language.IsChinese;
            return DebitFileResponse.Of(
                file,
                await outcomes.CountAsync(ct),
                await debited.CountAsync(ct),
                await debited.SumAsync(o => o.Amount, ct),
                [.. faults.Select(f => new DebitFileFaultItem(f.Line, f.Code, chinese ? f.Zh : f.En))]
            );
        }
    }
}
