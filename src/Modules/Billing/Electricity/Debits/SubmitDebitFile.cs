using Billing.Electricity.Days;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Debits;

/// <summary>Takes a debit file that is sent as the body (EB-07.2).</summary>
internal static class SubmitDebitFile
{
    internal sealed record Command(string Name) : IBookingCommand<DebitFileResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/debit-files",
                    (string fileName, Sender send, CancellationToken ct) => send.Book(new Command(fileName), ct)
                )
                .WithName(nameof(SubmitDebitFile))
                .WithOperation("SubmitDebitFile")
                .WithSummary("Submit a debit file")
                .WithDescription(
                    "The body is the file, at most 64 MiB and 200,000 lines. It is checked and debited in the background. A file with a wrong count, "
                        + "amount or trailer is refused whole with every bad line. The same batch number is taken once."
                )
                .WithMetadata(new TakesFile(DebitFileLimits.FileBytes))
                .Accepts<byte[]>("application/octet-stream")
                .RequireRight(ElectricityRights.RunDebits)
                .Books<DebitFileResponse>(StatusCodes.Status202Accepted)
                .Refuses(typeof(DebitFileNameInvalid), typeof(DebitFileEmpty), typeof(DebitFileKnown), typeof(BodyTooLarge))
                .Refuses(typeof(UnitUnknown), typeof(UnitNotServed), typeof(AdmissionNotOpen), typeof(ModeNotAdmitted))
                .ProducesRefusals<WorkDateNotOpen, UnsupportedMediaType>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Name).NotNull().PlainText(60);
    }

    internal sealed class Handler(DebitFileIntake intake, RequestContext request) : BookingHandler<Command, DebitFileResponse>
    {
        protected override async Task<Outcome<Booking<DebitFileResponse>>> Decide(Command command, CancellationToken ct) =>
            request.Upload is { } upload
                ? await intake.Take(command.Name, upload.Open(), upload.Length, request.Actor, ct)
                : new DebitFileEmpty();
    }
}
