using Customers.Reach;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Issuance.Holders;

/// <summary>The certificate that the holder presents at the counter.</summary>
/// <param name="CustomerCode" example="1000000016">The customer code of the holder.</param>
/// <param name="Holder">The name on the certificate.</param>
public sealed record CheckHolderRequest(string CustomerCode, HolderCertificate Holder);

/// <summary>The holder is here.</summary>
/// <param name="SessionId" example="126437891174400000">The check.</param>
/// <param name="CustomerCode" example="1000000016">The customer whose full data the operator may now see.</param>
/// <param name="ExpiresAt">When this permission ends.</param>
public sealed record HolderChecked(string SessionId, string CustomerCode, DateTimeOffset ExpiresAt);

/// <summary>
/// 核验持卡人证件: opens a customer of another branch for reading, to who knows type, number and name of the certificate.
/// </summary>
internal static class CheckHolder
{
    internal sealed record Command(CheckHolderRequest Body) : IBookingCommand<HolderChecked>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/holder-sessions",
                    (CheckHolderRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(CheckHolder))
                .WithOperation("CheckHolder")
                .WithSummary("Check a holder's certificate")
                .WithDescription(
                    "Type, number and name must all match. For ten minutes, you then see statements and data of this customer. The check "
                        + "gives no permission to move money."
                )
                .RequireRight(CustomerRights.ShowCustomer)
                .Books<HolderChecked>(StatusCodes.Status200OK)
                .ProducesRefusals<NotFound, HolderDiffers, CardHasNoHolder, TooManyLookUps>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CustomerCode).CustomerCode();
            RuleFor(c => c.Body.Holder).NotNull().SetValidator(new HolderCertificateValidator());
        }
    }

    internal sealed class Handler(AppDb db, LookUps lookUps, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, HolderChecked>
    {
        protected override async Task<Outcome<Booking<HolderChecked>>> Decide(Command command, CancellationToken ct)
        {
            var (code, (type, number, name)) = command.Body;
            var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == code, ct);
            if (customer is null)
            {
                return (Refusal?)await lookUps.Count(ct) ?? new NotFound("customer");
            }

            if (await db.Set<Card>().AnyAsync(c => c.CustomerId == customer.Id && c.Type == CardType.Bearer, ct))
            {
                return new CardHasNoHolder();
            }

            return CardProofs.IsHolder(customer, number, name, type) ? Booking(customer)
                : await lookUps.Count(ct) is { } tooMany ? tooMany
                : new HolderDiffers();
        }

        private Booking<HolderChecked> Booking(Customer customer)
        {
            var session = HolderSession.Of(customer, request.Caller, clock.GetUtcNow().UtcDateTime);
            var answer = new HolderChecked(IdText.Of(session.Id), customer.Code, session.ExpiresAt.AtUtc());
            var note = new AuditNote("check-holder", $"customer:{customer.Id}");
            return new Booking<HolderChecked>(Ids.Next(), request.Actor, note, _ => Answer.Ok(answer)).Insert(session);
        }
    }
}
