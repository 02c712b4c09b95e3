using Microsoft.Extensions.DependencyInjection;

namespace Issuance.Bonus;

/// <summary>Reads a customer's money once for all parts of its page.</summary>
internal sealed class MoneyOfCustomer(AppDb db, BonusLeft bonusLeft)
{
    private (long Customer, CustomerMoney Money)? _read;

    public async Task<CustomerMoney> Of(long customerId, CancellationToken ct)
    {
        if (_read is not { } read || read.Customer != customerId)
        {
            read = (customerId, await CustomerMoney.Read(db, bonusLeft, customerId, ct));
            _read = read;
        }

        return read.Money;
    }
}

/// <summary>Brings the customer's money to its page (FC-43.1).</summary>
internal sealed class MoneyOnCustomerPage(string name, string description, Func<CustomerMoney, long> value)
    : CustomerPart<long>(name, description)
{
    public static readonly IReadOnlyList<MoneyOnCustomerPage> Parts =
    [
        new("quota", "The quota balance, fen.", m => m.Quota),
        new("quotaBonus", "The bonus part of the quota balance, fen. Paid money is spent first.", m => m.Bonus),
        new("quotaPoints", "The quota points.", m => m.Points),
        new("claim", "The bounced-cheque debt in fen. A debt blocks refunds.", m => m.Claim),
        new("refundable", "The refundable amount in fen: quota minus bonus, or 0 with a debt.", m => m.Refundable),
    ];

    protected override async Task<long> Read(AppDb db, CustomerOnPage customer, CancellationToken ct) =>
        value(await customer.Services.GetRequiredService<MoneyOfCustomer>().Of(customer.Id, ct));
}
