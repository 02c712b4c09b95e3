using FluentValidation;
using Funding.Collections;
using Issuance.CardSessions;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;
using Refunds.Refunding;

namespace Refunds.Small;

/// <summary>小额退款 (FC-29): all of a small balance in cash, whatever way it was paid; the card stays usable.</summary>
internal static class SmallRefund
{
    internal sealed record Command(long SessionId, SmallRefundRequest Body) : IBookingCommand<SmallRefundStarted>;

    internal sealed record Query(long SessionId, SmallRefundRequest Body) : IQuery<RefundPreview>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/small-refunds",
                    (long sessionId, SmallRefundRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun ? send.Query(new Query(sessionId, body), ct) : send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(SmallRefund))
                .WithOperation("SmallRefund")
                .WithSummary("Refund a small balance")
                .ForCards(
                    RefundFunctions.SmallRefund,
                    "Pays everything in cash when quota, reserve and card accounts together are at most the limit for each valid card. "
                        + "Money of a unit's recharge list goes back to the unit. Bonus lapses, unless the parameter "
                        + "small-refund-pays-bonus is set. A single-user card's chip is unloaded with it: the response (202) then carries "
                        + "the ticket of a card operation, and the refund is booked when the chip has given the money up. If the balance "
                        + "changes meanwhile, only the unload is booked. Needs an approval (action small-refund)."
                        + RefundRoutes.DryRun
                )
                .Books<SmallRefundStarted>()
                .Produces<SmallRefundStarted>(StatusCodes.Status202Accepted)
                .Produces<RefundPreview>()
                .TakesApproval()
                .Refuses(typeof(SmallRefundTooLarge), typeof(NothingToRefund), typeof(PursesToUnloadFirst), typeof(CardOfOtherProvince))
                .Refuses(typeof(RefundBlockedByClaim), typeof(ReturnedInvoicesRequired), typeof(ReturnedInvoiceUnknown))
                .Refuses(typeof(RefundInvoiceRequired), typeof(OilTypeRequired), typeof(VatCustomerGivesNoRefundInvoice), typeof(CardBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class QueryValidator : AbstractValidator<Query>
    {
        public QueryValidator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class BodyValidator : AbstractValidator<SmallRefundRequest>
    {
        public BodyValidator()
        {
            RuleFor(b => b.ReferenceNumber).PlainText(Limits.ReferenceNumber);
            RuleFor(b => b.Remark).PlainText(Limits.Remark);
            RuleFor(b => b.Invoices!).SetValidator(new RefundInvoicesValidator()).When(b => b.Invoices is not null);
        }
    }

    /// <summary>Asks all that preview and booking ask alike.</summary>
    internal sealed class Asked(AppDb db, CardPresence presence, SmallRefunding refunding, RequestContext request)
    {
        public async Task<Outcome<(CardView View, SmallDraft Draft)>> Draft(long sessionId, SmallRefundRequest body, CancellationToken ct)
        {
            var found = await presence.Find(sessionId, ct);
            if ((found.Refusal ?? RefundFunctions.SmallRefund.Check(found.Value)) is { } refusal)
            {
                return refusal;
            }

            var card = found.Value.Card;
            if (await db.Set<CardOperation>().AnyAsync(o => o.OpenCard == card.Id, ct))
            {
                return new CardBusy();
            }

            var onChip = await db.Set<CardSession>().Where(s => s.Id == sessionId).Select(s => s.ChipBalance).SingleAsync(ct);
            var purse = await db.Balance(card.Purse, ct);
            // Beyond what the chip held when it was read, the card account waits for consumption that stations have not sent yet.
            var draft = await refunding.Draft(found.Value, body, Math.Min(onChip ?? purse, purse), request.Caller.BranchId, ct);
            return draft.Refusal is { } no ? no : (found.Value, draft.Value);
        }
    }

    internal sealed class Handler(
        Asked asked,
        SmallRefunding refunding,
        CardOperationEngine engine,
        CardKeyRing keys,
        TimeProvider clock,
        RequestContext request
    ) : BookingHandler<Command, SmallRefundStarted>
    {
        protected override async Task<Outcome<Booking<SmallRefundStarted>>> Decide(Command command, CancellationToken ct)
        {
            var asks = await asked.Draft(command.SessionId, command.Body, ct);
            if (asks.Refusal is { } refusal)
            {
                return refusal;
            }

            var (view, draft) = asks.Value;
            if (!request.IsApproved(SmallRefunding.Approval))
            {
                return request.ApprovalRequired(SmallRefunding.Approval, RefundSubject.Of(draft.Refund) with { Amount = draft.Cash });
            }

            return draft.OnChip > 0 ? Start(view, draft, command.Body) : await Book(view, draft, ct);
        }

        private async Task<Booking<SmallRefundStarted>> Book(CardView view, SmallDraft draft, CancellationToken ct)
        {
            Refund? refund = null;
            var booking = new Booking<SmallRefundStarted>(
                Ids.Next(),
                request.ApprovedActor(SmallRefunding.Approval),
                new AuditNote(RefundFunctions.SmallRefund.Action, $"card:{view.Card.Id}", new { draft.Cash }),
                p =>
                    Answer.Created(
                        $"/v1/refunds/{p.SerialNumber}",
                        new SmallRefundStarted(RefundViews.Of(refund!, draft.Refund, p), null, draft.Preview)
                    )
            );
            refund = await refunding.AddTo(booking, draft, details: null, ct);
            return booking;
        }

        private Booking<SmallRefundStarted> Start(CardView view, SmallDraft draft, SmallRefundRequest body)
        {
            var card = view.Card;
            CardOperationTicket? ticket = null;
            var booking = new Booking<SmallRefundStarted>(
                Ids.Next(),
                request.ApprovedActor(SmallRefunding.Approval),
                new AuditNote(RefundFunctions.SmallRefund.Action, $"card:{card.Id}", new { draft.Cash, draft.OnChip }),
                _ => Answer.Accepted($"/v1/card-operations/{ticket!.OperationId}", new SmallRefundStarted(null, ticket, draft.Preview))
            ).Holding(view.Customer);
            var serial = PublicFile.SerialOf(keys.Profile, card.Number);
            var purse = new PurseOrder(PurseDirection.Unload, CardApplication.Money, serial, draft.OnChip, SmallRefundFlow.Terminal);
            var start = (ScriptStep.Send)PurseScript.Start(purse, keys.Context(clock));
            var order = new SmallRefundOrder(card.Id, card.CustomerId, card.Number, draft.OnChip, draft.Cash, draft.Refund.ToUnits, body);
            ticket = engine.Create(
                booking,
                new NewCardOperation(SmallRefundFlow.Name, card.Id, card.CustomerId, card.Number, draft.OnChip, order, start)
            );
            return booking;
        }
    }

    internal sealed class QueryHandler(Asked asked) : QueryHandler<Query, RefundPreview>
    {
        protected override async Task<Outcome<RefundPreview>> Read(Query query, CancellationToken ct)
        {
            var asks = await asked.Draft(query.SessionId, query.Body, ct);
            return asks.Refusal is { } refusal ? refusal : asks.Value.Draft.Preview;
        }
    }
}
