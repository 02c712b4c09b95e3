using Billing.TopUps.Carriers;

namespace Billing.TopUps.Credit;

/// <summary>A carrier's credit, in fen.</summary>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="Left" example="9640000">What is left, less what is on its way.</param>
/// <param name="InFlight" example="5000">Top-ups without an end.</param>
/// <param name="WarnBelow" example="1000000">Below this it is low.</param>
/// <param name="IsLow" example="false">Is it low?</param>
public sealed record CarrierCreditResponse(string CarrierCode, long Left, long InFlight, long WarnBelow, bool IsLow);

/// <summary>Shows the credit left with a carrier (MT-01.11).</summary>
internal static class GetCarrierCredit
{
    internal sealed record Query(string CarrierCode) : IQuery<CarrierCreditResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-carriers/{carrierCode}/credit",
                    (string carrierCode, Sender send, CancellationToken ct) => send.Query(new Query(carrierCode), ct)
                )
                .WithName(nameof(GetCarrierCredit))
                .WithSummary("Show a carrier's credit")
                .WithDescription(
                    "Shows the credit left with a carrier, and warns when it is low. A sale that it does not cover is refused."
                )
                .RequireRight(TopUpRights.See)
                .Reads<CarrierCreditResponse>()
                .ProducesRefusals<CarrierUnknown>();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, CarrierCreditResponse>
    {
        protected override async Task<Outcome<CarrierCreditResponse>> Read(Query query, CancellationToken ct)
        {
            var carrier = await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == query.CarrierCode, ct);
            if (carrier is null)
            {
                return new CarrierUnknown();
            }

            var (left, inFlight) = await CarrierCredit.Read(db, carrier.Id, ct);
            return new CarrierCreditResponse(carrier.Code, left, inFlight, carrier.WarnBelow, left < carrier.WarnBelow);
        }
    }
}
