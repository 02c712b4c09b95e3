using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;

namespace Issuance;

/// <summary>Who reports the loss; both must be the holder's.</summary>
/// <param name="CertificateNumber" example="11010519491231002X">The holder's certificate, 5 to 30 characters; capitals do not matter.</param>
/// <param name="Name" example="王小明">The holder's name, 1 to 100 characters.</param>
public sealed record ReportCardLostRequest(string CertificateNumber, string Name);

/// <summary>挂失 (FC-36.1): card number, holder's certificate and name must all match. The card goes onto the blacklist.</summary>
internal static class ReportCardLost
{
    internal sealed record Command(string CardNumber, ReportCardLostRequest Body) : IBookingCommand<CardChanged>;

    /// <summary>Says not which of the two differs: a stranger must not find out a holder's data by trying.</summary>
    internal sealed record HolderDiffers()
        : Refusal("holder-differs", 422, "Certificate and name are not those of the card's holder.", "证件号码或姓名与持卡人不符。");

    /// <summary>A bearer card belongs to whoever has it.</summary>
    internal sealed record CardHasNoHolder()
        : Refusal("card-has-no-holder", 409, "A bearer card has no holder and cannot be reported lost.", "不记名卡不能挂失。");

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/loss-reports",
                    (string cardNumber, ReportCardLostRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(ReportCardLost))
                .WithSummary("Report a card lost")
                .WithDescription("Card number, certificate and name must all match. Stations learn it by the blacklist.")
                .RequireRight(CardLifeRights.ReportLost)
                .Books<CardChanged>(StatusCodes.Status200OK)
                .Refuses(typeof(CardNotFound), typeof(CardNotUsable), typeof(CardIsActive), typeof(CardBeingReplaced))
                .Refuses(typeof(HolderDiffers), typeof(CardHasNoHolder));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.CertificateNumber).Length(5, 30).Matches("^[0-9A-Za-z()-]+$");
            RuleFor(c => c.Body.Name).PlainText(100);
        }
    }

    internal sealed class Handler(AppDb db, CardChanges changes) : BookingHandler<Command, CardChanged>
    {
        protected override async Task<Outcome<Booking>> Decide(Command command, CancellationToken ct)
        {
            if (await db.CardView(command.CardNumber, ct) is not { } view)
            {
                return new CardNotFound();
            }

            return view.Card.Type == CardType.Bearer ? new CardHasNoHolder()
                : !IsHolder(view.Customer, command.Body) ? new HolderDiffers()
                : await changes.Decide(view.Card, CardChange.ReportLost, ct);
        }

        private static bool IsHolder(Customer customer, ReportCardLostRequest body) =>
            string.Equals(customer.CertificateNumber, body.CertificateNumber, StringComparison.OrdinalIgnoreCase)
            && customer.Name == body.Name;
    }
}
