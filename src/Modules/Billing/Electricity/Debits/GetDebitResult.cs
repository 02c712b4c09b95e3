namespace Billing.Electricity.Debits;

/// <summary>The result file of a finished batch.</summary>
internal static class GetDebitResult
{
    internal sealed record Query(string SerialNumber) : IQuery<DebitFile>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/debit-files/{serialNumber}/result",
                    (string serialNumber, Sender send, AppDb db, CancellationToken ct) =>
                        send.Query(
                            new Query(serialNumber),
                            file =>
                                TypedResults.Stream(
                                    target => DebitResults.Write(db, file, target, ct),
                                    "text/plain",
                                    file.Name.Replace("DKREQ", "DKRES", StringComparison.Ordinal)
                                ),
                            ct
                        )
                )
                .WithName(nameof(GetDebitResult))
                .WithSummary("Get the result of a debit file")
                .WithDescription("The lines of the file, each with its code, the amount debited, our serial number and the time; in GBK.")
                .RequireRight(ElectricityRights.RunDebits)
                .Produces<byte[]>(StatusCodes.Status200OK, "text/plain")
                .ProducesRefusals<ValidationFailed, DebitFileUnknown, DebitFileStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(DebitFiles files) : QueryHandler<Query, DebitFile>
    {
        protected override async Task<Outcome<DebitFile>> Read(Query query, CancellationToken ct)
        {
            var found = await files.Find(query.SerialNumber, ct);
            return found.Refusal is not null || found.Value.State is DebitFileState.Finished or DebitFileState.ResultSent
                ? found
                : new DebitFileStateForbids(found.Value.State);
        }
    }
}
