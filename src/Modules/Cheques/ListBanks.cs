using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cheques;

/// <summary>The known banks.</summary>
/// <param name="Items">By code.</param>
public sealed record BankList(IReadOnlyList<Bank> Items);

/// <summary>Shows the banks to choose from when a cheque is received.</summary>
internal static class ListBanks
{
    internal sealed record Query : IQuery<BankList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/banks", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(ListBanks))
                .WithSummary("List banks")
                .WithDescription("Lists the known banks. A cheque names a known bank by its code, or another bank by its name.")
                .AllowSignedIn()
                .Reads<BankList>();
    }

    internal sealed class Handler : QueryHandler<Query, BankList>
    {
        protected override Task<Outcome<BankList>> Read(Query query, CancellationToken ct) =>
            Task.FromResult<Outcome<BankList>>(new BankList(Banks.All));
    }
}
