namespace Billing.Electricity.Debits;

/// <summary>Stops a batch, or lets it go on.</summary>
internal static class SteerDebitFile
{
    internal sealed record Command(string SerialNumber, bool Stop) : IBookingCommand<DebitFileResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, true, "stop", "StopDebitFile", "Stop a batch debit");
            Map(app, false, "continuation", "ContinueDebitFile", "Continue a batch debit");
        }

        private static void Map(IEndpointRouteBuilder app, bool stop, string path, string name, string summary) =>
            app.MapPost(
                    $"/electricity/debit-files/{{serialNumber}}/{path}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber, stop), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription(
                    "Lines that were debited stay debited and are not debited again. A waiting batch runs at once when it is continued."
                )
                .RequireRight(ElectricityRights.RunDebits)
                .Books<DebitFileResponse>()
                .ProducesRefusals<DebitFileUnknown, DebitFileStateForbids>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(DebitFiles files, RequestContext request) : BookingHandler<Command, DebitFileResponse>
    {
        protected override async Task<Outcome<Booking<DebitFileResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await files.Find(command.SerialNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var file = found.Value;
            var allowed = command.Stop
                ? file.State is DebitFileState.Running or DebitFileState.Waiting
                : file.State is DebitFileState.Stopped or DebitFileState.Waiting;
            if (!allowed)
            {
                return new DebitFileStateForbids(file.State);
            }

            file.State = command.Stop ? DebitFileState.Stopped : DebitFileState.Running;
            return new Booking<DebitFileResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote(command.Stop ? "stop-debit-file" : "continue-debit-file", $"debit-file:{file.Id}"),
                _ => Answer.Created(DebitFileResponse.Location(file), DebitFileResponse.Of(file))
            ).Update(file);
        }
    }
}
