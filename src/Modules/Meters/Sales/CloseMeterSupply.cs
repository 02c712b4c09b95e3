using Counter.Payments;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Supplies;
using Platform.Approvals;

namespace Meters.Sales;

/// <summary>The account to close, with the final reading of its meter.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the card, at most ten minutes old.</param>
/// <param name="SubMeter" example="1">Which account of the card, 1 to 4.</param>
/// <param name="FinalRemaining" example="1250">The remaining quantity of the final reading: hundredths of a unit, below zero in overdraft.</param>
/// <param name="LastPurchaseTaken">For a replacement card that was not swiped: whether the meter had taken the last purchase.</param>
public sealed record CloseMeterSupplyRequest(string ReadId, int SubMeter, long FinalRemaining, bool? LastPurchaseTaken = null);

/// <summary>More is left than ever came to the meter.</summary>
/// <param name="Most">Hundredths that can be left: sold and not given back, pre-stored, and bought by an earlier user.</param>
public sealed record MeterGiveBackTooLarge(long Most)
    : Refusal(
        "meter-give-back-too-large",
        409,
        "More is left than came to the meter. Check the final reading.",
        "剩余量大于充入量，请核对最终读数。"
    );

/// <summary>
/// 销户 (PM-06.2): the unswiped purchase and the remaining quantity of the final reading are valued at the prices paid, newest first, and paid out with
/// approval. The card is voided, or its section erased while other accounts use it.
/// </summary>
internal static class CloseMeterSupply
{
    public static readonly ApprovalAction Approval = new("close-meter-supply", "Close a meter user and pay out what is left", "仪表销户");

    internal sealed record Command(CloseMeterSupplyRequest Body) : IBookingCommand<MeterSaleStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-sales/closings",
                    (CloseMeterSupplyRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(CloseMeterSupply))
                .WithOperation("CloseMeterSupply")
                .WithSummary("Close an account of a meter user")
                .WithDescription(
                    "Pays out what is left at the prices paid, newest first. What the user owes in quantity is taken off before; a quantity that was "
                        + "pre-stored is not paid out. Needs an approval (action close-meter-supply). The card is voided; if it carries other "
                        + "accounts, only this one is erased."
                )
                .RequireRight(MeterRights.GiveBack)
                .Books<MeterSaleStarted>(StatusCodes.Status202Accepted)
                .RefusesCards()
                .Refuses(typeof(MeterSupplyNotOnCard), typeof(MeterGiveBackTooLarge), typeof(MeterPurchaseMaybeSwiped))
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.SubMeter).InclusiveBetween(1, MeterCardLayout.Sections);
            RuleFor(c => c.Body.FinalRemaining).InclusiveBetween(-Limits.Quantity, Limits.Quantity);
        }
    }

    internal sealed class Handler(SaleDesk desk, TakenBackSales sales, RequestContext request) : BookingHandler<Command, MeterSaleStarted>
    {
        protected override async Task<Outcome<Booking<MeterSaleStarted>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.Find(command.Body.ReadId, command.Body.SubMeter, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (card, on) = found.Value;
            if (on.Waiting(command.Body.LastPurchaseTaken) is not { } waiting)
            {
                return new MeterPurchaseMaybeSwiped();
            }

            // Overdraft is paid by what waits on the card, and so is what the user owes.
            var left = Math.Max(0, waiting + command.Body.FinalRemaining - on.Supply.Owed);
            var parts = await sales.Parts(on.Supply.Id, ct);
            var sold = parts.Sum(p => p.Quantity);
            if (left > sold + on.Supply.Baseline)
            {
                return new MeterGiveBackTooLarge(sold + on.Supply.Baseline);
            }

            // What was pre-stored, or bought by an earlier user, was used first, and is not paid out.
            var back = PaidPrices.TakeBack(parts, Math.Min(left, sold))!;

            if (!request.IsApproved(Approval))
            {
                return request.ApprovalRequired(
                    Approval,
                    new ApprovalSubject
                    {
                        CardNumber = card.Card!.Number,
                        Amount = back.Amount,
                        Facts =
                        [
                            new("Meter number", "表号", on.Supply.MeterNumber),
                            new("Quantity (0.01 unit)", "数量（0.01 单位）", $"{back.Quantity}"),
                        ],
                    }
                );
            }

            var order = Order(card, on, command.Body, back);
            var quote = new MeterQuote(back.Quantity, back.Amount, 0, 0, 0, MeterQuote.Shown(back.Parts), null, on.Section.Waits);
            return desk.Answer(
                order,
                card.Card!,
                on.Supply,
                Task(card, order),
                quote,
                request.ApprovedActor(Approval),
                "close-meter-supply"
            );
        }

        private static MeterCardTask Task(CardOnCounter card, SaleOrder order)
        {
            var task = new MeterCardTask((uint)card.Card!.Serial);
            return order.Voids
                ? task with
                {
                    Header = card.Header! with { Kind = MeterCardKind.Void },
                }
                : task with
                {
                    Erased = order.SubMeter,
                };
        }

        private static SaleOrder Order(CardOnCounter card, SupplyOnCard on, CloseMeterSupplyRequest body, Priced back) =>
            new(
                MeterSaleKind.Closing,
                on.Supply.Id,
                on.Supply.UserId,
                on.Supply.AccountId,
                card.Card!.Id,
                on.Supply.PriceId,
                0,
                on.Supply.MeterNumber,
                on.Account.SubMeter,
                0,
                -back.Quantity,
                -back.Amount,
                back.Parts,
                on.Supply.YearStart,
                0,
                0,
                0,
                0,
                on.Supply.Seq,
                on.Supply.Revision,
                nameof(PaymentMethod.Cash),
                Waits: on.Section.Waits,
                Voids: card.Supplies.Count == 1,
                TakenBack: back.Quantity,
                FinalReading: body.FinalRemaining
            );
    }
}

/// <summary>What was sold to a supply and not given back yet, and taking it back, newest first.</summary>
internal sealed class TakenBackSales(AppDb db)
{
    /// <summary>More purchases than a meter sees in many years.</summary>
    private const int Most = 2_000;

    /// <summary>Parts at the prices paid, oldest first.</summary>
    public async Task<IReadOnlyList<PricedPart>> Parts(long supplyId, CancellationToken ct) =>
        [.. (await Standing(supplyId, ct)).SelectMany(Left)];

    /// <summary>Takes a closing's quantity off the sales and off the years in which they were made.</summary>
    public async Task Take(SaleOrder order, MeterSupply supply, Booking booking, CancellationToken ct)
    {
        var left = order.TakenBack;
        foreach (var sale in (await Standing(supply.Id, ct)).AsEnumerable().Reverse())
        {
            var taken = Math.Min(left, sale.Sold - sale.GivenBack);
            if (taken > 0)
            {
                sale.GivenBack += taken;
                supply.Count(sale.YearStart, -taken);
                booking.Update(sale);
                left -= taken;
            }
        }
    }

    private async Task<List<MeterSale>> Standing(long supplyId, CancellationToken ct)
    {
        var newest = await db.Set<MeterSale>()
            .Where(s => s.SupplyId == supplyId && s.Stands && s.Sold > s.GivenBack)
            .OrderByDescending(s => s.Id)
            .Take(Most)
            .ToListAsync(ct);
        newest.Reverse();
        return newest;
    }

    /// <summary>What was given back came off the end.</summary>
    private static List<PricedPart> Left(MeterSale sale)
    {
        var (parts, left) = (new List<PricedPart>(), sale.Sold - sale.GivenBack);
        foreach (var part in sale.PricedParts)
        {
            var kept = Math.Min(left, part.Quantity);
            if (kept > 0)
            {
                parts.Add(part with { Quantity = kept });
                left -= kept;
            }
        }

        return parts;
    }
}
