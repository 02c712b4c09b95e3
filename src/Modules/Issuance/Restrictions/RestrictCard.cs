using FluentValidation;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.Restrictions;

/// <summary>The restrictions of a card. An omitted restriction means no limit.</summary>
/// <param name="OilTypes">Allowed oil types as bits 0 to 15; null allows all.</param>
/// <param name="AreaType">The type of the area codes.</param>
/// <param name="Areas">At most 10 area codes of 8 digits.</param>
/// <param name="VolumePerFill">Litres, 1 to 65,534.</param>
/// <param name="FillsPerDay">1 to 254.</param>
/// <param name="AmountPerDay">Fen, 1 to 4,294,967,294.</param>
/// <param name="AmountPerFill">Fen, 1 to 4,294,967,294.</param>
/// <param name="Plate">The vehicle's plate, at most 8 characters. <example>京A12345</example></param>
public sealed record RestrictCardRequest(
    int? OilTypes = null,
    AreaType? AreaType = null,
    IReadOnlyList<string>? Areas = null,
    int? VolumePerFill = null,
    int? FillsPerDay = null,
    long? AmountPerDay = null,
    long? AmountPerFill = null,
    string? Plate = null
);

/// <summary>The restrictions are ready to be written. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber">16 digits.</param>
public sealed record RestrictionStarted(CardOperationTicket Operation, string CardNumber);

/// <summary>添加限制信息 (FC-01.7, FC-40.1): writes restrictions to the chip and keeps them.</summary>
internal static class RestrictCard
{
    internal sealed record Command(string CardNumber, RestrictCardRequest Body) : IBookingCommand<RestrictionStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/restrictions",
                    (string cardNumber, RestrictCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(RestrictCard))
                .WithOperation("RestrictCard")
                .WithSummary("Set a card's restrictions")
                .ForCards(IssuanceFunctions.RestrictCard, "Replaces all restrictions on the chip. Returns the ticket of a card operation.")
                .Books<RestrictionStarted>(StatusCodes.Status202Accepted)
                .ProducesRefusals<CardBusy>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        private const long MaxFen = uint.MaxValue - 1L;

        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.OilTypes).InclusiveBetween(1, 0xFFFF);
            RuleFor(c => c.Body.Areas).Count(0, RestrictionFile.MaximumAreas).WithErrorCode("max-items");
            RuleForEach(c => c.Body.Areas).BranchCode();
            RuleFor(c => c.Body.AreaType).IsInEnum().NotNull().When(c => c.Body.Areas is { Count: > 0 });
            RuleFor(c => c.Body.VolumePerFill).InclusiveBetween(1, ushort.MaxValue - 1);
            RuleFor(c => c.Body.FillsPerDay).InclusiveBetween(1, byte.MaxValue - 1);
            RuleFor(c => c.Body.AmountPerDay).InclusiveBetween(1, MaxFen);
            RuleFor(c => c.Body.AmountPerFill).InclusiveBetween(1, MaxFen);
            RuleFor(c => c.Body.Plate).PlainText(8);
            RuleFor(c => c.Body.Plate)
                .Must(p => CardText.Missing(p!).Count == 0)
                .When(c => c.Body.Plate is not null)
                .WithErrorCode("card-text")
                .WithMessage("The chip cannot store every character of the plate.", "芯片字符集不支持其中的部分字符。");
        }
    }

    internal sealed class Handler(AppDb db, CardOperationEngine engine, CardKeyRing keys, TimeProvider clock, RequestContext request)
        : BookingHandler<Command, RestrictionStarted>
    {
        protected override async Task<Outcome<Booking<RestrictionStarted>>> Decide(Command command, CancellationToken ct)
        {
            var view = await db.CardView(command.CardNumber, ct);
            return IssuanceFunctions.RestrictCard.Check(view) is { } refusal ? refusal : Booking(view!.Card, File(command.Body));
        }

        private Booking<RestrictionStarted> Booking(Card card, RestrictionFile file)
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<RestrictionStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote(IssuanceFunctions.RestrictCard.Action, $"card:{card.Id}"),
                _ => Answer.Accepted($"/v1/card-operations/{ticket!.OperationId}", new RestrictionStarted(ticket, card.Number))
            );
            var start = RestrictScript.Start(PublicFile.SerialOf(keys.Profile, card.Number), file, keys.Context(clock));
            var order = new RestrictOrder(card.Id, card.Number, Convert.ToHexString(file.Encode()));
            ticket = engine.Create(
                booking,
                new NewCardOperation(RestrictFlow.Name, card.Id, card.CustomerId, card.Number, 0, order, (ScriptStep.Send)start)
            );
            return booking;
        }

        private static RestrictionFile File(RestrictCardRequest wanted) =>
            new()
            {
                OilTypes = (ushort)(wanted.OilTypes ?? 0xFFFF),
                AreaType = wanted.AreaType ?? AreaType.None,
                Areas = wanted.Areas ?? [],
                VolumePerFill = (ushort?)wanted.VolumePerFill,
                FillsPerDay = (byte?)wanted.FillsPerDay,
                AmountPerDay = (uint?)wanted.AmountPerDay,
                AmountPerFill = (uint?)wanted.AmountPerFill,
                Plate = wanted.Plate,
            };
    }
}
