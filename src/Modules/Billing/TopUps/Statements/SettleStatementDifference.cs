using Billing.TopUps.Carriers;

namespace Billing.TopUps.Statements;

/// <summary>Settles a difference of a statement, with approval (MT-03.7).</summary>
internal static class SettleStatementDifference
{
    public static readonly ApprovalAction Action = new(
        "settle-statement",
        "Settle a difference of a carrier's statement",
        "运营商账单差异处理"
    );

    internal sealed record Command(long DifferenceId, SettleStatementDifferenceRequest Body) : IBookingCommand<StatementDifferenceResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-statement-differences/{differenceId:long}/settlement",
                    (long differenceId, SettleStatementDifferenceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(differenceId, body), ct)
                )
                .WithName(nameof(SettleStatementDifference))
                .WithOperation("SettleStatementDifference")
                .WithSummary("Settle a difference of a carrier's statement")
                .WithDescription(
                    "Needs an approval (action settle-statement). It keeps who settled it and by what; money moves by the exceptions of top-ups alone."
                )
                .RequireRight(TopUpRights.Settle)
                .Books<StatementDifferenceResponse>()
                .TakesApproval()
                .ProducesRefusals<StatementDifferenceUnknown, StatementDifferenceStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.DifferenceId).GreaterThan(0);
            RuleFor(c => c.Body.Evidence).NotNull().PlainText(TopUpLimits.Reason);
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, StatementDifferenceResponse>
    {
        protected override async Task<Outcome<Booking<StatementDifferenceResponse>>> Decide(Command command, CancellationToken ct)
        {
            var difference = await db.Set<StatementDifference>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == command.DifferenceId, ct);
            if (difference is null)
            {
                return new StatementDifferenceUnknown();
            }

            if (difference.State != StatementDifferenceState.Open)
            {
                return new StatementDifferenceStateForbids(difference.State);
            }

            var code = await db.Set<TopUpCarrier>().Where(c => c.Id == difference.CarrierId).Select(c => c.Code).SingleAsync(ct);
            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        Amount = Math.Max(difference.OurAmount, difference.TheirAmount),
                        Facts =
                        [
                            new ApprovalFact("Carrier", "运营商", code),
                            new ApprovalFact("Top-up", "充值", difference.Reference),
                            new ApprovalFact("Evidence", "依据", command.Body.Evidence),
                        ],
                    }
                );
            }

            var actor = request.ApprovedActor(Action);
            (difference.State, difference.Evidence) = (StatementDifferenceState.Settled, command.Body.Evidence);
            (difference.SettledById, difference.ApproverId) = (actor.OperatorId, actor.ApproverId);
            var response = StatementDifferenceResponse.Of(difference, code);
            return new Booking<StatementDifferenceResponse>(
                Ids.Next(),
                actor,
                new AuditNote(Action.Name, $"statement-difference:{difference.Id}"),
                _ => Answer.Created($"/v1/top-up-statement-differences?carrierCode={code}", response)
            ).Update(difference);
        }
    }
}
