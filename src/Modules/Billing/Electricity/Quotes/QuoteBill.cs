using System.Text.Json;
using Billing.Electricity.Merchants;
using Billing.Electricity.Power;

namespace Billing.Electricity.Quotes;

/// <summary>The customer whose bills are asked for.</summary>
/// <param name="CustomerNumber" example="0123456789">用电客户编号, 6 to 13 digits.</param>
public sealed record QuoteBillRequest(string CustomerNumber);

/// <summary>One receivable as of today. Amounts are in fen.</summary>
/// <param name="ReceivableId" example="YS20091200000123">应收标识.</param>
/// <param name="Month" example="200912">The month of the bill.</param>
/// <param name="Sequence" example="1">Which bill of the month.</param>
/// <param name="Principal" example="39820">电费.</param>
/// <param name="LateFee" example="180">违约金 as of today.</param>
/// <param name="Total" example="40000">Both together.</param>
/// <param name="Due" example="2009-12-20">The last day without a late fee.</param>
public sealed record ReceivableItem(string ReceivableId, string Month, int Sequence, long Principal, long LateFee, long Total, DateOnly Due)
{
    internal static ReceivableItem Of(PowerReceivable r) => new(r.Id, r.Month, r.Sequence, r.Principal, r.LateFee, r.Total, r.Due);
}

/// <summary>What a customer owes.</summary>
/// <param name="Reference" example="5f2b6c0e8a914d3f7c1e">What a payment must carry.</param>
/// <param name="CustomerNumber" example="0123456789">用电客户编号.</param>
/// <param name="CustomerName" example="*敏">The customer's name, masked.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="AsOf" example="2010-01-05">The date that late fees are computed for.</param>
/// <param name="ValidUntil">Until when the reference can be paid with.</param>
/// <param name="PartsAllowed">The supply company takes a part of a receivable.</param>
/// <param name="KeepsBalance">The supply company keeps what is paid over.</param>
/// <param name="Balance" example="0">Fen that it keeps for the customer already.</param>
/// <param name="Total" example="40000">Fen of all receivables.</param>
/// <param name="Receivables">Oldest first, at most 24.</param>
public sealed record BillQuoteResponse(
    string Reference,
    string CustomerNumber,
    string CustomerName,
    string UnitCode,
    DateOnly AsOf,
    DateTimeOffset ValidUntil,
    bool PartsAllowed,
    bool KeepsBalance,
    long Balance,
    long Total,
    IReadOnlyList<ReceivableItem> Receivables
);

/// <summary>Asks the power side what a customer owes (EB-02.2, EB-02.4).</summary>
internal static class QuoteBill
{
    internal sealed record Command(QuoteBillRequest Body) : IChangeCommand<BillQuoteResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/quotes",
                    (QuoteBillRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct)
                )
                .WithName(nameof(QuoteBill))
                .WithSummary("Ask what a customer owes (4623)")
                .WithDescription(
                    "Asks the power company for the customer's receivables with late fees as of today, and keeps them under a reference. A payment "
                        + "carries the reference while it is valid. Only branches of the union that serves the customer's company may ask."
                )
                .RequireRight(ElectricityRights.Collect)
                .Changes<BillQuoteResponse>()
                .Refuses(typeof(ElectricityCustomerUnknown), typeof(UnitUnknown), typeof(UnitNotServed))
                .Refuses(typeof(PowerSideSilent), typeof(PowerSideRefused), typeof(AdmissionNotOpen), typeof(ModeNotAdmitted));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body.CustomerNumber).NotNull().Matches("^[0-9]{6,13}$");
    }

    internal sealed class Handler(PowerClient power, ServedUnits units, Admissions admissions, RequestContext request)
        : BookingHandler<Command, BillQuoteResponse>
    {
        protected override async Task<Outcome<Booking<BillQuoteResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await units.Find(command.Body.CustomerNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (customer, unit) = found.Value;
            if (await admissions.Refuse(unit, BusinessMode.Online, ct) is { } closed)
            {
                return closed;
            }

            var answer = await power.Receivables(customer.Number, ct);
            return answer.No is { } no ? new PowerSideRefused(no.Code)
                : answer.Value is not { } quote ? new PowerSideSilent()
                : Booking(customer, unit, quote);
        }

        private Booking<BillQuoteResponse> Booking(PowerCustomer customer, AccountingUnit unit, PowerQuote quote)
        {
            List<PowerReceivable> shown = [.. quote.Receivables.Take(ElectricityLimits.Receivables)];
            // Past the last one shown nothing can be paid, so neither can be more than is owed.
            var keeps = quote.KeepsBalance && shown.Count == quote.Receivables.Count;
            var row = new BillQuote
            {
                Id = Ids.Next(),
                Reference = quote.Reference,
                UnitId = unit.Id,
                Customer = customer.Number,
                CustomerName = customer.Name,
                ValidUntil = quote.ValidUntil.UtcDateTime,
                PartsAllowed = quote.PartsAllowed,
                KeepsBalance = keeps,
                Body = JsonSerializer.Serialize(shown, JsonSerializerOptions.Web),
            };
            var response = new BillQuoteResponse(
                quote.Reference,
                customer.Number,
                Mask.Name(customer.Name),
                unit.Code,
                quote.AsOf,
                quote.ValidUntil,
                quote.PartsAllowed,
                keeps,
                quote.Balance,
                shown.Sum(r => r.Total),
                [.. shown.Select(ReceivableItem.Of)]
            );
            return new Booking<BillQuoteResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote("quote-bill", $"accounting-unit:{unit.Code}"),
                _ => Answer.Ok(response)
            ).Insert(row);
        }
    }
}
