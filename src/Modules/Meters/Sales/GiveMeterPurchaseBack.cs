using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Platform.Approvals;

namespace Meters.Sales;

/// <summary>The purchase to give back.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the card, at most ten minutes old.</param>
/// <param name="SubMeter" example="1">Which account of the card, 1 to 4.</param>
public sealed record GiveMeterPurchaseBackRequest(string ReadId, int SubMeter);

/// <summary>退购 (PM-06.2): the last purchase, which the meter has not taken, is paid back with approval; its quantity becomes zero.</summary>
internal static class GiveMeterPurchaseBack
{
    public static readonly ApprovalAction Approval = new("give-meter-purchase-back", "Give a meter purchase back", "仪表退购");

    internal sealed record Command(GiveMeterPurchaseBackRequest Body) : IBookingCommand<MeterSaleStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-sales/give-backs",
                    (GiveMeterPurchaseBackRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(GiveMeterPurchaseBack))
                .WithOperation("GiveMeterPurchaseBack")
                .WithSummary("Give the last purchase back")
                .WithDescription(
                    "Pays back the last sale on the card, which the meter has not taken. The card is swiped before the next sale. "
                        + "Needs an approval (action give-meter-purchase-back)."
                )
                .RequireRight(MeterRights.GiveBack)
                .Books<MeterSaleStarted>(StatusCodes.Status202Accepted)
                .RefusesSales()
                .Refuses(
                    typeof(MeterPurchaseSwiped),
                    typeof(MeterTooManyCorrections),
                    typeof(MeterNothingToCorrect),
                    typeof(MeterPurchaseMaybeSwiped)
                )
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
        }
    }

    internal sealed class Handler(SaleDesk desk, LastSales sales, RequestContext request) : BookingHandler<Command, MeterSaleStarted>
    {
        protected override async Task<Outcome<Booking<MeterSaleStarted>>> Decide(Command command, CancellationToken ct)
        {
            var found = await sales.Unswiped(command.Body.ReadId, command.Body.SubMeter, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var last = found.Value;
            var owed = last.On.Supply.Owed + last.Sale.OwedTaken;
            var order = last.Order(MeterSaleKind.GiveBack, new Priced(0, 0, []), 0, owed);
            if (order.Delta == 0)
            {
                return new MeterNothingToCorrect();
            }

            if (!request.IsApproved(Approval))
            {
                return request.ApprovalRequired(
                    Approval,
                    new ApprovalSubject
                    {
                        CardNumber = last.Card.Card!.Number,
                        Amount = -order.Amount,
                        Facts =
                        [
                            new("Meter number", "表号", order.MeterNumber),
                            new("Quantity (0.01 unit)", "数量（0.01 单位）", $"{-order.Delta}"),
                        ],
                    }
                );
            }

            var quote = new MeterQuote(0, 0, 0, 0, 0, [], null, true);
            var task = SaleDesk.Task(last.Card.Card!, order, last.On.Section.Purchase!.Kind, last.On.Section.Purchase.Date);
            return desk.Answer(
                order,
                last.Card.Card!,
                last.On.Supply,
                task,
                quote,
                request.ApprovedActor(Approval),
                "give-meter-purchase-back"
            );
        }
    }
}
