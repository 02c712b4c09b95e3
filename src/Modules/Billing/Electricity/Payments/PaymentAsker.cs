using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Electricity.Payments;

/// <summary>
/// Asks the power side, in the background of every process, until there is an answer: for payments without one, for those whose process was killed
/// while it sent, and for reversals (EB-03.2, EB-05.2).
/// </summary>
internal sealed class PaymentAsker(
    IServiceScopeFactory scopes,
    IDbContextFactory<AppDb> contexts,
    TimeProvider clock,
    IConfiguration configuration,
    ILogger<PaymentAsker> log
)
    : AskingRounds<ElectricityPayment>(
        scopes,
        contexts,
        configuration.GetValue("Electricity:Every", TimeSpan.FromMilliseconds(500)),
        clock,
        log
    )
{
    protected override int AtOnce => 50;

    protected override int Together => 8;

    protected override IQueryable<ElectricityPayment> Open(IQueryable<ElectricityPayment> rows) =>
        rows.Where(p => p.State == PaymentState.Sending || p.State == PaymentState.Pending || p.State == PaymentState.Reversing);

    protected override Task TakeUp(IServiceProvider services, ElectricityPayment row) =>
        services.GetRequiredService<PaymentSteps>().Ask(row);
}
