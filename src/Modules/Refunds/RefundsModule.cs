using Counter.BusinessDay;
using Funding.Collections;
using Issuance.Closings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cards.Operations;
using Platform.Documents;
using Platform.Parameters;
using Platform.Settings;
using Refunds.Closing;
using Refunds.Credit;
using Refunds.Deposits;
using Refunds.Documents;
using Refunds.Refundable;
using Refunds.Refunding;
using Refunds.Small;

namespace Refunds;

/// <summary>Closing customers and giving money back (FC-25 to FC-30).</summary>
public sealed class RefundsModule : ILedgerModule
{
    public IReadOnlyList<Right> Rights => RefundRights.All;

    public IReadOnlyList<AccountType> AccountTypes => RefundAccounts.All;

    public IReadOnlyList<TransactionType> TransactionTypes => RefundTransactions.All;

    public IReadOnlyList<Parameter> Parameters => RefundParameters.All;

    public IReadOnlyList<Setting> Settings => RefundSettings.All;

    public string ApiDescription =>
        "Closing of customers, refunds after closing, special and small refunds, and refunds of deposits; what can be refunded by which way.";

    public IReadOnlyList<ApiWord> ApiWords => RefundApiWords.All;

    public IReadOnlyList<ICarterModule> Endpoints =>
        [
            new OpenClosing.Endpoint(),
            new GetClosing.Endpoint(),
            new TakeCardBack.Endpoint(),
            new EndClosing.Endpoint(),
            new GiveUpClosing.Endpoint(),
            new GetRefundable.Endpoint(),
            new RefundAfterClosing.Endpoint(),
            new SpecialRefund.Endpoint(),
            new SpecialRefundWithCard.Endpoint(),
            new SmallRefund.Endpoint(),
            new ListRefunds.Endpoint(),
            new GetRefund.Endpoint(),
            new ConfirmRefund.Endpoint(),
            new ReturnRefund.Endpoint(),
            new CancelRefund.Endpoint(),
            new PayRefundFee.Endpoint(),
            new VoidRefundFee.Endpoint(),
            new PayCredit.Endpoint(),
            new IssueInvoice.Endpoint(),
            new ListDeposits.Endpoint(),
            new RefundDeposits.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDocument(ClosingApplication.Kind).AddDocument(ClosingNotice.Kind);
        services.AddDocument(RefundReceipt.Kind).AddDocument(DepositList.Kind);
        services.AddScoped<Recharges>();
        services.AddScoped<CreditDebts>();
        services.AddScoped<RefundableReader>();
        services.AddScoped<ReachedCustomers>();
        services.AddScoped<RefundBooks>();
        services.AddScoped<RefundEnds>();
        services.AddScoped<SpecialRefunding>();
        services.AddScoped<RefundAfterClosing.Asked>();
        services.AddScoped<SmallRefunding>();
        services.AddScoped<SmallRefund.Asked>();
        services.AddScoped<CardOperationFlow, SmallRefundFlow>();
        services.AddScoped<ClosingReader>();
        services.AddScoped<ClosingAsked>();
        services.AddScoped<DepositReader>();
        services.AddScoped<PurseSweep>();
        services.AddHostedService<PurseSweepJob>();
        services.AddScoped<ICorrectionGuard, CorrectionOfRefunded>();
        services.AddClosingPart<RefundFeesInClosing>();
        services.AddDayEndCheck<UnpaidFeesAtDayEnd>();
        services.AddCustomerPart(new ClosingsOnCustomerPage());
        services.AddCustomerPart(new RefundsOnCustomerPage());
        services.AddOwnerNames(RefundOwners.Refund, SerialNumber.Of);
        services.AddDayEndLines(RefundDayEnd.Lines);
        services.AddSingleton<IBooksRule, RefundedRule>();
    }
}
