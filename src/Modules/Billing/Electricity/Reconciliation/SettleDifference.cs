using Billing.Electricity.Merchants;

namespace Billing.Electricity.Reconciliation;

/// <summary>Takes a difference one step on (EB-09.3): looks at it, asks the power side, reopens, writes off.</summary>
internal static class SettleDifference
{
    public static readonly ApprovalAction Reopening = new("reopen-difference", "Reopen a settled difference", "对账差错重新打开");
    public static readonly ApprovalAction WritingOff = new("write-off-difference", "Write a difference off", "对账差错核销");

    internal sealed record Command(long DifferenceId, DifferenceAction Action, SettleDifferenceRequest Body)
        : IBookingCommand<DifferenceResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, DifferenceAction.LookAt, "look", "LookAtDifference", "Note that both sides were looked at");
            Map(app, DifferenceAction.Ask, "asking", "AskForDifference", "Ask the power company to put a difference right");
            Map(app, DifferenceAction.Reopen, "reopening", "ReopenDifference", "Reopen a settled difference");
            Map(app, DifferenceAction.WriteOff, "write-off", "WriteOffDifference", "Write a difference off");
        }

        private static void Map(IEndpointRouteBuilder app, DifferenceAction action, string path, string name, string summary)
        {
            var route = app.MapPost(
                    $"/electricity/differences/{{differenceId:long}}/{path}",
                    (long differenceId, SettleDifferenceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(differenceId, action, body), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription(
                    "The union that serves the unit settles its differences. Each step is kept with evidence, who and when. "
                        + "Reopening and writing off "
                        + "need an approval (actions reopen-difference and write-off-difference); only a branch above the union writes off."
                )
                .RequireRight(ElectricityRights.Settle)
                .Books<DifferenceResponse>()
                .ProducesRefusals<DifferenceUnknown, DifferenceStateForbids, BranchOutOfReach, LevelTooLow>();
            if (action is DifferenceAction.Reopen or DifferenceAction.WriteOff)
            {
                route.TakesApproval();
            }
        }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.DifferenceId).GreaterThan(0);
            RuleFor(c => c.Body.Evidence).NotNull().PlainText(ElectricityLimits.Reason);
        }
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, DifferenceResponse>
    {
        protected override async Task<Outcome<Booking<DifferenceResponse>>> Decide(Command command, CancellationToken ct)
        {
            var difference = await db.Set<ReconciliationDifference>()
                .AsNoTracking()
                .SingleOrDefaultAsync(d => d.Id == command.DifferenceId, ct);
            if (difference is null)
            {
                return new DifferenceUnknown();
            }

            var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == difference.UnitId, ct);
            if (!await tree.IsSameOrSuperior(request.Caller.BranchId, unit.UnionId, ct))
            {
                return new BranchOutOfReach();
            }

            if (command.Action == DifferenceAction.WriteOff && request.Caller.BranchId == unit.UnionId)
            {
                return new LevelTooLow();
            }

            if (DifferenceTable.Step(command.Action, difference) is not { } step)
            {
                return new DifferenceStateForbids(difference.State);
            }

            ApprovalAction? action = command.Action switch
            {
                DifferenceAction.Reopen => Reopening,
                DifferenceAction.WriteOff => WritingOff,
                _ => null,
            };
            if (action is not null && !request.IsApproved(action))
            {
                return request.ApprovalRequired(
                    action,
                    new ApprovalSubject
                    {
                        Amount = (difference.BankLine ?? difference.PowerLine)!.Total,
                        Facts =
                        [
                            new ApprovalFact("Unit", "核算单位", unit.Code),
                            new ApprovalFact("Evidence", "依据", command.Body.Evidence),
                        ],
                    }
                );
            }

            var booking = new Booking<DifferenceResponse>(
                Ids.Next(),
                action is null ? request.Actor : request.ApprovedActor(action),
                new AuditNote($"difference-{Json.Name(command.Action)}", $"difference:{difference.Id}"),
                _ =>
                    Answer.Created(
                        $"/v1/electricity/differences/{IdText.Of(difference.Id)}",
                        DifferenceResponse.Of(difference, unit.Code, ChinaCalendar.Today(clock))
                    )
            );
            DifferenceBookings.Move(booking, difference, step.To, command.Body.Evidence, clock);
            return booking;
        }
    }
}
