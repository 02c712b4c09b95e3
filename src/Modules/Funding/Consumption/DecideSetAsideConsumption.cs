using System.Text.Json;
using FluentValidation;
using Funding.Unloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Cards.Operations;

namespace Funding.Consumption;

/// <summary>The decision on a set-aside record.</summary>
/// <param name="Decision" example="booked">booked takes the record from the card account; dismissed does not.</param>
/// <param name="Reason" example="The station's paper shows the fill.">The reason for the audit trail, 1 to 200 characters.</param>
public sealed record DecideSetAsideConsumptionRequest(SetAsideDecision Decision, string Reason);

/// <summary>
/// 挂起消费处理: books or dismisses a station's record that was set aside, once, with approval (FC-39.1). A record whose TAC fails is taken from the
/// card account only so: on a person's word, and never as evidence of what the chip did.
/// </summary>
internal static class DecideSetAsideConsumption
{
    public static readonly ApprovalAction Action = new(
        "decide-set-aside-consumption",
        "Book or dismiss set-aside consumption",
        "挂起消费处理"
    );

    internal sealed record Command(long Id, DecideSetAsideConsumptionRequest Body) : IBookingCommand<SetAsideDecided>;

    /// <summary>Somebody decided it, or it could be booked when it was sent again.</summary>
    internal sealed record SetAsideResolved()
        : Refusal("set-aside-resolved", 409, "This record is already decided or booked.", "该记录已处理或已入账。");

    /// <summary>No account could be told from it, its counter has been booked, or it waits for its card to be unlocked.</summary>
    internal sealed record SetAsideNotBookable(SetAsideReason Reason)
        : Refusal("set-aside-not-bookable", 409, "This record cannot be booked. It can be dismissed.", "该记录不能入账，只能作废。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/consumption/set-aside/{id:long}/decision",
                    (long id, DecideSetAsideConsumptionRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(id, body), ct)
                )
                .WithName(nameof(DecideSetAsideConsumption))
                .WithOperation("DecideSetAsideConsumption")
                .WithSummary("Book or dismiss set-aside consumption")
                .WithDescription(
                    "Decides a record once, with an approval (action decide-set-aside-consumption). A record with a wrong TAC can be "
                        + "booked. A record that exceeded the card account can be booked once the account covers it. All other records "
                        + "can only be dismissed."
                )
                .RequireRight(ConsumptionRights.DecideSetAside)
                .TakesApproval()
                .Books<SetAsideDecided>(StatusCodes.Status200OK)
                .ProducesRefusals<NotFound, SetAsideResolved, SetAsideNotBookable>()
                .Refuses(typeof(PurseTooSmall));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).GreaterThan(0);
            RuleFor(c => c.Body.Decision).IsInEnum();
            RuleFor(c => c.Body.Reason).NotEmpty().PlainText(Limits.Remark);
        }
    }

    internal sealed class Handler(AppDb db, CardKeyRing keys, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, SetAsideDecided>
    {
        protected override async Task<Outcome<Booking<SetAsideDecided>>> Decide(Command command, CancellationToken ct)
        {
            var row = await db.Set<SetAsideConsumption>().SingleOrDefaultAsync(r => r.Id == command.Id, ct);
            if (row is null || row.ResolvedAt is not null)
            {
                return row is null ? new NotFound("set-aside record") : new SetAsideResolved();
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(Action, Subject(row, command.Body));
            }

            var booking = Draft(row, command.Body);
            if (command.Body.Decision == SetAsideDecision.Booked && await Book(row, command.Body.Reason, booking, ct) is { } refusal)
            {
                return refusal;
            }

            (row.Decision, row.DecisionReason, row.ResolvedAt) = (
                command.Body.Decision,
                command.Body.Reason,
                clock.GetUtcNow().UtcDateTime
            );
            (row.DecidedById, row.DecisionApproverId) = (booking.Actor.OperatorId, booking.Actor.ApproverId);
            row.TransactionId = booking.Head?.Id;
            return booking.Update(row);
        }

        private static ApprovalSubject Subject(SetAsideConsumption row, DecideSetAsideConsumptionRequest body)
        {
            var record = JsonSerializer.Deserialize<StationConsumption>(row.Record, Json.Options)!;
            return new ApprovalSubject
            {
                CardNumber = record.CardNumber,
                Amount = record.Amount,
                Facts =
                [
                    new ApprovalFact("Set aside because", "挂起原因", Json.Name(row.Reason)),
                    new ApprovalFact("Decision", "处理", Json.Name(body.Decision)),
                    new ApprovalFact("Reason", "理由", body.Reason),
                ],
            };
        }

        private Booking<SetAsideDecided> Draft(SetAsideConsumption row, DecideSetAsideConsumptionRequest body) =>
            new(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"set-aside-consumption:{row.Id}", new { body.Decision, body.Reason }),
                _ => Answer.Ok(Shown(row)!)
            );

        private async Task<Refusal?> Book(SetAsideConsumption row, string reason, Booking booking, CancellationToken ct)
        {
            var record = CheckedConsumption.Of(0, JsonSerializer.Deserialize<StationConsumption>(row.Record, Json.Options)!, keys);
            if (record.Fault is not (null or SetAsideReason.WrongTac) || record.Record.Lock is not null)
            {
                return new SetAsideNotBookable(row.Reason);
            }

            var number = record.Record.CardNumber;
            var card = await db.Set<Card>()
                .SingleOrDefaultAsync(c => c.Number == number && c.State != CardState.Released && c.State != CardState.Reserved, ct);
            if (card is null)
            {
                return new SetAsideNotBookable(SetAsideReason.UnknownCard);
            }

            if (await db.Set<ConsumptionRecord>().AnyAsync(r => r.Key == record.Key, ct))
            {
                // By this very record, where somebody decided it since it was read here.
                var resolved = await db.Set<SetAsideConsumption>().AnyAsync(r => r.Id == row.Id && r.ResolvedAt != null, ct);
                return resolved ? new SetAsideResolved() : new SetAsideNotBookable(SetAsideReason.CounterUsed);
            }

            booking
                .WithHead(Head(booking, record, card, reason))
                .Move(record.From(card), record.To(booking.Actor), record.Amount)
                .IfShort(record.From(card), balance => new PurseTooSmall(balance, record.Amount))
                .Insert(record.ToRow(card, ConsumptionState.Booked, row.Id, booking.Id, clock.GetUtcNow().UtcDateTime))
                .IfDuplicate(ConsumptionRecord.KeyIndex, new ConcurrentChange());
            return null;
        }

        private static Transaction Head(Booking booking, CheckedConsumption record, Card card, string reason) =>
            new(booking.Id, FundingTransactions.Consumption, booking.Actor)
            {
                CustomerId = card.CustomerId,
                CardId = card.Id,
                Amount = record.Record.Points > 0 ? 0 : record.Amount,
                Points = record.Record.Points > 0 ? record.Amount : 0,
                Remark = reason,
            };
    }

    /// <summary>The decision as callers see it; null while nobody has decided.</summary>
    internal static SetAsideDecided? Shown(SetAsideConsumption row) =>
        row is { Decision: { } decision, ResolvedAt: { } at }
            ? new SetAsideDecided(
                IdText.Of(row.Id),
                decision,
                row.DecisionReason!,
                IdText.Of(row.DecidedById!.Value),
                IdText.Of(row.DecisionApproverId!.Value),
                at.AtUtc(),
                row.TransactionId is { } id ? SerialNumber.Of(id) : null
            )
            : null;
}
