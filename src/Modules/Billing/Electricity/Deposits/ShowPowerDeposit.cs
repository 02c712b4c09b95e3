using Billing.Electricity.Merchants;
using Billing.Electricity.Power;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Deposits;

/// <summary>4628, first part: shows the amount that the power side has (EB-06.1).</summary>
internal static class ShowPowerDeposit
{
    internal sealed record Query(string UnitCode, string DepositNumber) : IQuery<PowerDepositResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/units/{unitCode}/deposits/{depositNumber}",
                    (string unitCode, string depositNumber, Sender send, CancellationToken ct) =>
                        send.Query(new Query(unitCode, depositNumber), ct)
                )
                .WithName(nameof(ShowPowerDeposit))
                .WithSummary("Show a power-side deposit (4628)")
                .WithDescription("Asks the power company for the amount of a payment number. Without an amount nothing can be paid in.")
                .RequireRight(ElectricityRights.Deposit)
                .Reads<PowerDepositResponse>()
                .Refuses(typeof(ValidationFailed), typeof(UnitUnknown), typeof(UnitNotServed), typeof(PowerDepositUnknown))
                .ProducesRefusals<PowerSideSilent>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.UnitCode).Matches("^[0-9]{5,9}$");
            RuleFor(q => q.DepositNumber).Matches("^[0-9A-Za-z]{1,32}$");
        }
    }

    internal sealed class Handler(AppDb db, ServedUnits units, PowerClient power) : QueryHandler<Query, PowerDepositResponse>
    {
        protected override async Task<Outcome<PowerDepositResponse>> Read(Query query, CancellationToken ct)
        {
            var unit = await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == query.UnitCode, ct);
            if (unit is null)
            {
                return new UnitUnknown();
            }

            if (!await units.Serves(unit, ct))
            {
                return new UnitNotServed();
            }

            var answer = await power.Deposit(unit.Code, query.DepositNumber, ct);
            return answer.No is not null ? new PowerDepositUnknown()
                : answer.Value is not { } deposit ? new PowerSideSilent()
                : new PowerDepositResponse(unit.Code, deposit.Number, deposit.Amount, deposit.State != PowerPaymentState.Paid);
        }
    }
}
