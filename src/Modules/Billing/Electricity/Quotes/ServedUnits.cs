using Billing.Electricity.Merchants;
using Billing.Electricity.Numbers;
using Billing.Electricity.Power;

namespace Billing.Electricity.Quotes;

/// <summary>Finds customers of the power side, and whether the caller's branch serves their company (EB-02.1).</summary>
internal sealed class ServedUnits(AppDb db, BranchTree tree, RequestContext request, PowerClient power)
{
    /// <summary>The customer with its unit, which the caller's branch serves.</summary>
    public async Task<Outcome<(PowerCustomer Customer, AccountingUnit Unit)>> Find(string number, CancellationToken ct)
    {
        var answer = await power.Customer(number, ct);
        if (answer.No is { } no)
        {
            return no.Code == "customer-unknown" ? new ElectricityCustomerUnknown() : new PowerSideRefused(no.Code);
        }

        if (answer.Value is not { } customer)
        {
            return new PowerSideSilent();
        }

        var unit = await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == customer.Unit, ct);
        if (unit is null)
        {
            return new UnitUnknown();
        }

        if (!ElectricityNumbers.IsCustomer(number, unit.Lengths, unit.CustomerCheck))
        {
            return new ElectricityCustomerUnknown();
        }

        return await Serves(unit, ct) ? (customer, unit) : new UnitNotServed();
    }

    /// <summary>Is the caller's branch one of the union that serves the company?</summary>
    public Task<bool> Serves(AccountingUnit unit, CancellationToken ct) => tree.IsSameOrSuperior(unit.UnionId, request.Caller.BranchId, ct);
}

/// <summary>The power side does not know the customer.</summary>
public sealed record ElectricityCustomerUnknown()
    : Refusal("electricity-customer-unknown", 404, "The power company does not know this customer.", "无此用电客户。");

/// <summary>Another union serves the customer's company.</summary>
public sealed record UnitNotServed()
    : Refusal("unit-not-served", 403, "Another union serves this customer's supply company.", "该用电客户所属供电公司未委托本联社代收。");

/// <summary>The power side did not answer. Nothing was booked.</summary>
public sealed record PowerSideSilent()
    : Refusal("power-side-silent", 503, "The power company does not answer. Nothing was booked.", "电力方无应答，未入账。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 5;
}

/// <summary>The power side refused. Nothing is booked, or what was booked was booked back.</summary>
/// <param name="Reason">The power side's code.</param>
public sealed record PowerSideRefused(string Reason)
    : Refusal("power-side-refused", 409, $"The power company refused: {Reason}.", $"电力方拒绝（{Reason}）。");
