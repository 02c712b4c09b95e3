using Billing.TopUps.Sales;

namespace Billing.TopUps.Reports;

internal static class TopUpFilterRules
{
    public static void FilterRules<T>(this AbstractValidator<T> validator)
        where T : ITopUpFilter
    {
        validator.RuleFor(q => q.BranchCode).BranchCode();
        validator.RuleFor(q => q.TopUpKind).NameOf<T, TopUpKind>();
        validator.RuleFor(q => q.TopUpState).StateName();
        validator.RuleFor(q => q.Phone).Phone();
        validator.RuleFor(q => q.TillNumber).TillNumber();
        validator.RuleFor(q => q.ReceiptNumber).ReceiptNumber();
    }
}
