using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Issuance.Cards;

/// <summary>The holder's certificate and name. Both must match.</summary>
/// <param name="CertificateNumber" example="11010519491231002X">The holder's certificate, 5 to 30 characters, case-insensitive.</param>
/// <param name="Name" example="王小明">The holder's name, 1 to 100 characters.</param>
public sealed record ReportCardLostRequest(string CertificateNumber, string Name);

/// <summary>挂失 (FC-36.1): card number, holder's certificate and name must all match. The card goes onto the blacklist.</summary>
internal static class ReportCardLost
{
    internal sealed record Command(string CardNumber, ReportCardLostRequest Body) : IBookingCommand<CardChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/loss-reports",
                    (string cardNumber, ReportCardLostRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(ReportCardLost))
                .WithOperation("ReportCardLost")
                .WithSummary("Report a card lost")
                .WithDescription("Card number, certificate and name must all match. Adds the card to the blacklist that stations download.")
                .RequireRight(CardLifeRights.ReportLost)
                .Books<CardChanged>(StatusCodes.Status200OK)
                .Refuses(typeof(CardNotFound), typeof(CardNotUsable), typeof(CardIsActive), typeof(CardBeingReplaced))
                .Refuses(typeof(HolderDiffers), typeof(CardHasNoHolder), typeof(TooManyLookUps));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.CertificateNumber).NotNull().CertificateNumber();
            RuleFor(c => c.Body.Name).NotNull().PlainText(100);
        }
    }

    internal sealed class Handler(AppDb db, CardProofs proofs, CardChanges changes) : BookingHandler<Command, CardChanged>
    {
        protected override async Task<Outcome<Booking<CardChanged>>> Decide(Command command, CancellationToken ct)
        {
            if (await db.CardView(command.CardNumber, ct) is not { } view)
            {
                return new CardNotFound();
            }

            var (certificate, name) = command.Body;
            return await proofs.Check(view, certificate, name, null, ct) is { } refusal
                ? refusal
                : await changes.Decide(view.Card, CardChange.ReportLost, ct, ProvedBy.HolderCertificate);
        }
    }
}
