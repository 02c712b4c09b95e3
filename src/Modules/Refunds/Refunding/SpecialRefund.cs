using FluentValidation;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Refunding;

/// <summary>特殊退款 (FC-27): all or part of the quota account goes back, and the customer goes on. By the main card's number.</summary>
internal static class SpecialRefund
{
    internal sealed record Command(string CardNumber, SpecialRefundRequest Body) : IBookingCommand<RefundView>;

    internal sealed record Query(string CardNumber, SpecialRefundRequest Body) : IQuery<RefundPreview>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/special-refunds",
                    (string cardNumber, SpecialRefundRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun ? send.Query(new Query(cardNumber, body), ct) : send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(SpecialRefund))
                .WithOperation("SpecialRefund")
                .WithSummary("Refund without closing")
                .ForCards(
                    RefundFunctions.SpecialRefund,
                    "Refunds paid money in the quota account from the newest recharges that allow the way; at most 500 at once. Bonus is "
                        + "not refundable. GET /v1/customers/{customerCode}/refundable shows what each way can carry. Needs an approval "
                        + "(action special-refund)."
                        + RefundRoutes.DryRun
                )
                .Refunds()
                .ProducesRefusals<RefundFeeDue>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new SpecialRefundValidator());
        }
    }

    internal sealed class QueryValidator : AbstractValidator<Query>
    {
        public QueryValidator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new SpecialRefundValidator());
        }
    }

    internal sealed class Handler(AppDb db, SpecialRefunding refunding) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await db.CardView(command.CardNumber, ct);
            return await refunding.Book(await refunding.Draft(RefundFunctions.SpecialRefund, found, command.Body, ct), ct);
        }
    }

    internal sealed class QueryHandler(AppDb db, SpecialRefunding refunding) : QueryHandler<Query, RefundPreview>
    {
        protected override async Task<Outcome<RefundPreview>> Read(Query query, CancellationToken ct)
        {
            var found = await db.CardView(query.CardNumber, ct);
            return SpecialRefunding.Preview(await refunding.Draft(RefundFunctions.SpecialRefund, found, query.Body, ct));
        }
    }
}
