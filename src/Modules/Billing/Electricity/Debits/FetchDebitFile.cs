using Billing.Electricity.Days;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.Power;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Debits;

/// <summary>Takes a debit file from the power side (EB-07.2).</summary>
internal static class FetchDebitFile
{
    internal sealed record Command(FetchDebitFileRequest Body) : IBookingCommand<DebitFileResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/electricity/debit-files/fetches",
                    (FetchDebitFileRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(FetchDebitFile))
                .WithOperation("FetchDebitFile")
                .WithSummary("Take a debit file from the power company")
                .WithDescription("Gets a complete file from the power company and submits it.")
                .RequireRight(ElectricityRights.RunDebits)
                .Books<DebitFileResponse>(StatusCodes.Status202Accepted)
                .Refuses(typeof(DebitFileNameInvalid), typeof(DebitFileEmpty), typeof(DebitFileKnown), typeof(DebitFileUnknown))
                .Refuses(typeof(UnitUnknown), typeof(UnitNotServed), typeof(AdmissionNotOpen), typeof(ModeNotAdmitted))
                .ProducesRefusals<WorkDateNotOpen, PowerSideSilent>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).NotNull().PlainText(60);
            RuleFor(c => c.Body.Date).GreaterThan(new DateOnly(2000, 1, 1));
        }
    }

    internal sealed class Handler(DebitFileShelf shelf, RequestContext request) : BookingHandler<Command, DebitFileResponse>
    {
        protected override async Task<Outcome<Booking<DebitFileResponse>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var listed = await shelf.Complete(body.Date, ct);
            return listed is null ? new PowerSideSilent()
                : listed.Contains(body.Name, StringComparer.Ordinal) ? await shelf.Take(body.Date, body.Name, request.Actor, ct)
                : new DebitFileUnknown();
        }
    }
}
