using Billing.Electricity.PayerAccounts;

namespace Billing.Electricity.Payments;

/// <summary>What payments are found by.</summary>
internal interface IPaymentFilter
{
    string? BranchCode { get; }
    DateOnly? From { get; }
    DateOnly? To { get; }
    string? CustomerNumber { get; }
    string? Month { get; }
    string? AccountNumber { get; }
    string? SerialNumber { get; }
    string? Operator { get; }
    string? Channel { get; }
    string? State { get; }
}

internal static class PaymentFilterRules
{
    public static void FilterRules<T>(this AbstractValidator<T> validator)
        where T : IPaymentFilter
    {
        validator.RuleFor(q => q.BranchCode).BranchCode();
        validator.RuleFor(q => q.CustomerNumber).Matches("^[0-9]{6,13}$");
        validator.RuleFor(q => q.Month).Matches("^[0-9]{6}$");
        validator.RuleFor(q => q.AccountNumber).Matches("^[0-9]{19}$");
        validator.RuleFor(q => q.SerialNumber!).SerialNumber().When(q => q.SerialNumber is not null);
        validator.RuleFor(q => q.Operator).PlainText(40);
        validator.RuleFor(q => q.Channel).NameOf<T, CollectionChannel>();
        validator.RuleFor(q => q.State).NameOf<T, PaymentState>();
    }
}

/// <summary>What was found.</summary>
internal sealed record FoundPayments(IQueryable<ElectricityPayment> Payments);

/// <summary>Finds payments: one filter for the list, its totals and its file, so that they agree (EB-11.1).</summary>
internal sealed class PaymentSearch(AppDb db, BranchScope scope)
{
    public async Task<Outcome<FoundPayments>> Find(IPaymentFilter filter, CancellationToken ct)
    {
        var found = await scope.Find(filter.BranchCode, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var branches = db.Set<Branch>().Within(found.Value, filter.BranchCode).Select(b => b.Id);
        var payments = db.Set<ElectricityPayment>().AsNoTracking().Where(p => p.Kind == PaymentKind.Bill && branches.Contains(p.BranchId));
        if (filter.From is { } from)
        {
            payments = payments.Where(p => p.BusinessDate >= from);
        }

        if (filter.To is { } to)
        {
            payments = payments.Where(p => p.BusinessDate <= to);
        }

        if (filter.CustomerNumber is { } customer)
        {
            payments = payments.Where(p => p.Customer == customer);
        }

        if (filter.Month is { } month)
        {
            // As the row's JSON writes it.
            var part = $"\"M\":\"{month}\"";
            payments = payments.Where(p => p.Items.Contains(part));
        }

        if (filter.AccountNumber is { } account)
        {
            var accounts = db.Set<PayerAccount>().Where(a => a.Number == account).Select(a => (long?)a.Id);
            payments = payments.Where(p => accounts.Contains(p.PayerAccountId));
        }

        if (filter.SerialNumber is { } serial)
        {
            var id = SerialNumber.Parse(serial);
            payments = payments.Where(p => p.Id == id);
        }

        if (filter.Operator is { } login)
        {
            var operators = db.Set<Operator>().Where(o => o.Login == login).Select(o => o.Id);
            payments = payments.Where(p => operators.Contains(p.OperatorId));
        }

        if (Json.Value<CollectionChannel>(filter.Channel) is { } channel)
        {
            payments = payments.Where(p => p.Channel == channel);
        }

        if (Json.Value<PaymentState>(filter.State) is { } state)
        {
            payments = payments.Where(p => p.State == state);
        }

        return new FoundPayments(payments);
    }
}

/// <summary>Count and amount in fen of payments with one state.</summary>
/// <param name="State" example="paid">The state.</param>
/// <param name="Count" example="1240">How many payments.</param>
/// <param name="Amount" example="48621055">Fen of them.</param>
public sealed record PaymentTotal(PaymentState State, long Count, long Amount);

/// <summary>The totals of payments.</summary>
/// <param name="Count" example="1240">How many payments.</param>
/// <param name="Amount" example="48621055">Fen of them.</param>
/// <param name="Items">By state.</param>
public sealed record PaymentTotals(long Count, long Amount, IReadOnlyList<PaymentTotal> Items);
