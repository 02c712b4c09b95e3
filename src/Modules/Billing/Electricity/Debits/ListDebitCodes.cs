using Billing.Electricity.Files;

namespace Billing.Electricity.Debits;

/// <summary>The one table of codes (EB-07.4).</summary>
internal static class ListDebitCodes
{
    internal sealed record Query : IQuery<DebitCodeList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/electricity/debit-codes", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(ListDebitCodes))
                .WithSummary("List the codes of batch debits")
                .WithDescription("Every line of a result file ends with one of these codes.")
                .RequireRight(ElectricityRights.RunDebits)
                .Reads<DebitCodeList>();
    }

    internal sealed class Handler : QueryHandler<Query, DebitCodeList>
    {
        protected override Task<Outcome<DebitCodeList>> Read(Query query, CancellationToken ct) =>
            Task.FromResult<Outcome<DebitCodeList>>(
                new DebitCodeList([.. DebitCode.All.Select(c => new DebitCodeItem(c.Code, c.En, c.Zh, c.Iso))])
            );
    }
}
