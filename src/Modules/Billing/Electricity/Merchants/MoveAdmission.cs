namespace Billing.Electricity.Merchants;

/// <summary>What happens to an admission.</summary>
public enum AdmissionStep
{
    /// <summary>The province's business department agrees.</summary>
    Agree,

    /// <summary>The province's business department declines.</summary>
    Decline,

    /// <summary>The province's parameter desk opens it, for the first time or again.</summary>
    Open,

    /// <summary>The province's parameter desk closes it. Collections stop immediately.</summary>
    Close,
}

/// <summary>A step with an admission.</summary>
/// <param name="EffectiveFrom" example="2026-01-05">On opening: the date from which branches collect; null is today.</param>
public sealed record MoveAdmissionRequest(DateOnly? EffectiveFrom = null);

/// <summary>4690: agrees, declines, opens, closes (EB-01.3, EB-01.5). The steps are one table.</summary>
internal static class MoveAdmission
{
    internal sealed record Row(AdmissionStep Step, AdmissionState From, AdmissionState To);

    internal static readonly IReadOnlyList<Row> Table =
    [
        new(AdmissionStep.Agree, AdmissionState.Applied, AdmissionState.Agreed),
        new(AdmissionStep.Decline, AdmissionState.Applied, AdmissionState.Declined),
        new(AdmissionStep.Open, AdmissionState.Agreed, AdmissionState.Open),
        new(AdmissionStep.Open, AdmissionState.Closed, AdmissionState.Open),
        new(AdmissionStep.Close, AdmissionState.Open, AdmissionState.Closed),
    ];

    internal sealed record Command(long AdmissionId, AdmissionStep Step, MoveAdmissionRequest Body) : IBookingCommand<AdmissionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, AdmissionStep.Agree, "agreement", "AgreeToAdmission", "Agree to an admission (4690)", ElectricityRights.Agree);
            Map(app, AdmissionStep.Decline, "decline", "DeclineAdmission", "Decline an admission (4690)", ElectricityRights.Agree);
            Map(app, AdmissionStep.Open, "opening", "OpenAdmission", "Open an admission (4690)", ElectricityRights.OpenAdmission);
            Map(app, AdmissionStep.Close, "closing", "CloseAdmission", "Close an admission (4690)", ElectricityRights.OpenAdmission);
        }

        private static void Map(IEndpointRouteBuilder app, AdmissionStep step, string path, string name, string summary, Right right) =>
            app.MapPost(
                    $"/electricity/admissions/{{admissionId:long}}/{path}",
                    (long admissionId, MoveAdmissionRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(admissionId, step, body), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription("A branch at province level or above decides. Nobody takes two of the steps apply, agree and open.")
                .RequireRight(right)
                .Books<AdmissionResponse>()
                .ProducesRefusals<AdmissionUnknown, AdmissionStateForbids, LevelTooLow, AnotherPersonNeeded>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.AdmissionId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, AdmissionResponse>
    {
        protected override async Task<Outcome<Booking<AdmissionResponse>>> Decide(Command command, CancellationToken ct)
        {
            var admission = await db.Set<Admission>().SingleOrDefaultAsync(a => a.Id == command.AdmissionId, ct);
            if (admission is null)
            {
                return new AdmissionUnknown();
            }

            if ((await tree.Get(request.Caller.BranchId, ct)).Level > BranchLevel.Province)
            {
                return new LevelTooLow();
            }

            var row = Table.SingleOrDefault(r => r.Step == command.Step && r.From == admission.State);
            if (row is null)
            {
                return new AdmissionStateForbids(admission.State);
            }

            var caller = request.Caller.OperatorId;
            if (caller == admission.AppliedBy || (row.To == AdmissionState.Open && caller == admission.DecidedBy))
            {
                return new AnotherPersonNeeded();
            }

            admission.State = row.To;
            if (row.From == AdmissionState.Applied)
            {
                admission.DecidedBy = caller;
            }

            if (row.To == AdmissionState.Open)
            {
                admission.OpenedBy = caller;
                admission.EffectiveFrom = command.Body.EffectiveFrom ?? ChinaCalendar.Today(clock);
            }

            var (union, version) = (await tree.Get(admission.UnionId, ct), admission.Version + 1);
            return new Booking<AdmissionResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote($"admission-{Json.Name(command.Step)}", $"admission:{admission.Id}"),
                _ =>
                    Answer.Created(
                        $"/v1/electricity/admissions/{IdText.Of(admission.Id)}",
                        AdmissionResponse.Of(admission, union.Code, version)
                    )
            ).Update(admission);
        }
    }
}
