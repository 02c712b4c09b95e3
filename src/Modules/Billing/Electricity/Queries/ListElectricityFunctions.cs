namespace Billing.Electricity.Queries;

/// <summary>A function of this business with the code under which counters know it.</summary>
/// <param name="Code" example="4623">功能号.</param>
/// <param name="Zh" example="电费代收">Its name.</param>
/// <param name="En" example="Collect a bill">Its name in English.</param>
/// <param name="Operations">The operations of this API that do it.</param>
public sealed record ElectricityFunction(string Code, string Zh, string En, IReadOnlyList<string> Operations);

/// <summary>The functions that were found.</summary>
/// <param name="Items">By code.</param>
public sealed record ElectricityFunctionList(IReadOnlyList<ElectricityFunction> Items);

/// <summary>Finds functions by their codes and names (EB-03.6).</summary>
internal static class ListElectricityFunctions
{
    internal static readonly IReadOnlyList<ElectricityFunction> All =
    [
        new("1078", "单位客户服务收费", "Charge a collection fee", ["ChargeCollectionFee"]),
        new("4621", "电费代扣签约信息维护", "Maintain a debit contract", ["AddDebitContract", "ChangeDebitContract", "EndDebitContract"]),
        new("4623", "电费代收", "Collect a bill", ["QuoteBill", "CollectBill"]),
        new("4625", "当日电费冲正", "Reverse a collection of the day", ["ReverseBillPayment"]),
        new("4627", "发票打印", "Print an electricity invoice", ["PrintElectricityInvoice"]),
        new("4628", "电力方缴费", "Take a power-side deposit", ["ShowPowerDeposit", "PayPowerDeposit"]),
        new("4629", "电力方缴费冲正", "Reverse a power-side deposit", ["ReversePowerDeposit"]),
        new(
            "4690",
            "中间业务准入信息维护",
            "Maintain an admission",
            ["ApplyForAdmission", "AgreeToAdmission", "DeclineAdmission", "OpenAdmission", "CloseAdmission"]
        ),
        new("4692", "中间业务商户账户维护", "Maintain an accounting unit", ["SetUnit"]),
    ];

    internal sealed record Query(string? Search) : IQuery<ElectricityFunctionList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/electricity/functions", (string? search, Sender send, CancellationToken ct) => send.Query(new Query(search), ct))
                .WithName(nameof(ListElectricityFunctions))
                .WithSummary("Find functions by code or name")
                .WithDescription("Lists the functions of electricity collection with their codes. search is a part of a code or of a name.")
                .RequireRight(ElectricityRights.See)
                .Reads<ElectricityFunctionList>()
                .Refuses(typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.Search).PlainText(ElectricityLimits.Number);
    }

    internal sealed class Handler : QueryHandler<Query, ElectricityFunctionList>
    {
        protected override Task<Outcome<ElectricityFunctionList>> Read(Query query, CancellationToken ct) =>
            Task.FromResult<Outcome<ElectricityFunctionList>>(
                new ElectricityFunctionList(query.Search is { } part ? [.. All.Where(f => Holds(f, part))] : All)
            );

        private static bool Holds(ElectricityFunction function, string part) =>
            function.Code.Contains(part, StringComparison.Ordinal)
            || function.Zh.Contains(part, StringComparison.Ordinal)
            || function.En.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}
