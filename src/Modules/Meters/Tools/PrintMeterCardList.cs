using System.Text.Json;
using Access.Operators;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Documents;

namespace Meters.Tools;

/// <summary>Which cards to list.</summary>
/// <param name="Kind" example="setting">new, user, setting, clear, zero or void; all kinds when omitted.</param>
/// <param name="After" example="9900000000000010">The last card of the list before; that list names it.</param>
public sealed record PrintMeterCardListRequest(MeterCardKind? Kind = null, string? After = null);

/// <summary>A list of cards was drawn up. Print its document <c>meter-card-list</c>.</summary>
/// <param name="SerialNumber">The transaction.</param>
/// <param name="Cards" example="40">How many cards it names, at most 50.</param>
/// <param name="Next" example="9900000000000010">The last card on it, when there are more; null when there are none.</param>
public sealed record MeterCardListPrinted(string SerialNumber, int Cards, string? Next);

/// <summary>Draws up the paper list of a branch's cards with their kinds and makers, as they are now (PM-09.2).</summary>
internal static class PrintMeterCardList
{
    /// <summary>Cards of a list: what a sheet and a transaction's details hold.</summary>
    public const int Most = 50;

    internal sealed record Command(PrintMeterCardListRequest Body) : IBookingCommand<MeterCardListPrinted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-card-lists",
                    (PrintMeterCardListRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(PrintMeterCardList))
                .WithOperation("PrintMeterCardList")
                .WithSummary("Draw up a list of meter cards")
                .WithDescription(
                    "Lists the branch's cards, oldest first, at most 50, each with its kind, its maker and how often it was recycled. The list keeps "
                        + "what they are now. Print it as a document of the transaction."
                )
                .RequireRight(MeterRights.MakeCards)
                .Books<MeterCardListPrinted>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Kind).IsInEnum();
            RuleFor(c => c.Body.After!).CardNumber().When(c => c.Body.After is not null);
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, MeterCardListPrinted>
    {
        protected override async Task<Outcome<Booking<MeterCardListPrinted>>> Decide(Command command, CancellationToken ct)
        {
            var (kind, number, branch) = (command.Body.Kind, command.Body.After, request.Caller.BranchId);
            var after = await db.Set<MeterCard>().Where(c => c.Number == number).Select(c => c.Id).SingleOrDefaultAsync(ct);
            var cards = await db.Set<MeterCard>()
                .Where(c => c.BranchId == branch && c.Id > after && (kind == null || c.Kind == kind))
                .OrderBy(c => c.Id)
                .Take(Most + 1)
                .ToListAsync(ct);
            var next = cards.Count > Most ? cards[Most - 1].Number : null;
            var listed = cards.Take(Most).ToList();
            var ids = listed.Select(c => c.MadeBy).Distinct().ToList();
            var makers = await db.Set<Operator>().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Login, ct);
            var details = MeterCardListDetails.Of(kind, listed, makers);
            var booking = new Booking<MeterCardListPrinted>(
                Ids.Next(),
                request.Actor,
                new AuditNote("print-meter-card-list", $"branch:{branch}", new { kind, listed.Count }),
                p => Answer.Created($"/v1/transactions/{p.SerialNumber}", new MeterCardListPrinted(p.SerialNumber, listed.Count, next))
            );
            return booking.WithHead(
                new Transaction(booking.Id, MeterTransactions.CardList, booking.Actor)
                {
                    Details = JsonSerializer.Serialize(details, Json.Options),
                }
            );
        }
    }
}
