using Billing.Electricity.Contracts;
using Billing.Electricity.Merchants;

namespace Billing.Electricity.Quotes;

/// <summary>An electricity customer.</summary>
/// <param name="CustomerNumber" example="0123456789">用电客户编号.</param>
/// <param name="Name" example="*敏">The name, masked.</param>
/// <param name="Address" example="示范市城东区建设路 1 号">用电地址.</param>
/// <param name="Kind" example="household">household or other.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="UnitName" example="示范市供电公司">The supply company.</param>
/// <param name="AgreementNumber" example="XY20100001">Of the debit contract in force; null without one.</param>
public sealed record ElectricityCustomerResponse(
    string CustomerNumber,
    string Name,
    string Address,
    string Kind,
    string UnitCode,
    string UnitName,
    string? AgreementNumber
);

/// <summary>用电客户资料查询 (EB-02.3).</summary>
internal static class ShowElectricityCustomer
{
    internal sealed record Query(string CustomerNumber) : IQuery<ElectricityCustomerResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/customers/{customerNumber}",
                    (string customerNumber, Sender send, CancellationToken ct) => send.Query(new Query(customerNumber), ct)
                )
                .WithName(nameof(ShowElectricityCustomer))
                .WithSummary("Show an electricity customer")
                .WithDescription("Shows the power company's data of a customer, with the name masked, and the debit contract in force.")
                .RequireRight(ElectricityRights.See)
                .Reads<ElectricityCustomerResponse>()
                .Refuses(typeof(ValidationFailed), typeof(ElectricityCustomerUnknown), typeof(UnitUnknown), typeof(UnitNotServed))
                .ProducesRefusals<PowerSideSilent, PowerSideRefused>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerNumber).Matches("^[0-9]{6,13}$");
    }

    internal sealed class Handler(AppDb db, ServedUnits units) : QueryHandler<Query, ElectricityCustomerResponse>
    {
        protected override async Task<Outcome<ElectricityCustomerResponse>> Read(Query query, CancellationToken ct)
        {
            var found = await units.Find(query.CustomerNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (customer, unit) = found.Value;
            var key = DebitContract.KeyOf(unit.Id, customer.Number);
            var agreement = await db.Set<DebitContract>()
                .Where(c => c.InForceKey == key)
                .Select(c => c.AgreementNumber)
                .SingleOrDefaultAsync(ct);
            return new ElectricityCustomerResponse(
                customer.Number,
                Mask.Name(customer.Name),
                customer.Address,
                customer.Kind,
                unit.Code,
                unit.Name,
                agreement
            );
        }
    }
}
