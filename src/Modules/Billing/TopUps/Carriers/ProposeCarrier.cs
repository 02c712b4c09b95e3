namespace Billing.TopUps.Carriers;

/// <summary>The number whose carrier is asked for.</summary>
/// <param name="Phone" example="13800138000">11 digits.</param>
public sealed record ProposeCarrierRequest(string Phone);

/// <summary>The carrier that a number's prefix proposes.</summary>
/// <param name="CarrierCode" example="CM">Its code; null where no carrier is known for the prefix.</param>
/// <param name="Served" example="true">Can numbers of this prefix be topped up?</param>
public sealed record CarrierProposal(string? CarrierCode, bool Served);

/// <summary>Proposes a carrier from a number's prefix (MT-01.8).</summary>
internal static class ProposeCarrier
{
    internal sealed record Query(ProposeCarrierRequest Body) : IQuery<CarrierProposal>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-carriers/proposals",
                    (ProposeCarrierRequest body, Sender send, CancellationToken ct) => send.Query(new Query(body), ct)
                )
                .WithName(nameof(ProposeCarrier))
                .WithSummary("Propose a number's carrier")
                .WithDescription(
                    "Proposes the carrier by the longest prefix. The till may choose another, and the carrier's own answer counts: numbers move "
                        + "between carriers."
                )
                .RequireRight(TopUpRights.Sell)
                .Reads<CarrierProposal>()
                .ProducesRefusals<ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Body.Phone).NotNull().Phone();
    }

    internal sealed class Handler(Prefixes prefixes) : QueryHandler<Query, CarrierProposal>
    {
        protected override async Task<Outcome<CarrierProposal>> Read(Query query, CancellationToken ct)
        {
            var (known, code) = await prefixes.Find(query.Body.Phone, ct);
            return new CarrierProposal(code, !known || code is not null);
        }
    }
}
