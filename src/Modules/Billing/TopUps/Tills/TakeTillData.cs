namespace Billing.TopUps.Tills;

/// <summary>Takes totals and receipts of the till system in by API (MT-03.1, MT-03.5).</summary>
internal static class TakeTillData
{
    private const int MostBytes = 512 * 1024;

    internal sealed record Command(TakeTillDataRequest Body) : IBookingCommand<TillDataTaken>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/till-days", (TakeTillDataRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct))
                .WithName(nameof(TakeTillData))
                .WithOperation("TakeTillData")
                .WithSummary("Take in a day of the till system")
                .WithDescription(
                    "Takes totals of top-ups and of the over/short report, and receipts, of the caller's store. What is sent again replaces what was "
                        + "there. Send every receipt, those of other sales as other: gaps in the numbers show what was not uploaded."
                )
                .WithMetadata(new BodyLimit(MostBytes))
                .RequireRight(TopUpRights.TakeTills)
                .Books<TillDataTaken>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Totals).NotNull().Count(0, TopUpLimits.TillLines);
            RuleForEach(c => c.Body.Totals)
                .NotNull()
                .ChildRules(t =>
                {
                    t.RuleFor(x => x.TillNumber).NotNull().TillNumber();
                    t.RuleFor(x => x.Kind).IsInEnum().NotEqual(TillKind.Other);
                    t.RuleFor(x => x.Count).InclusiveBetween(0, 1_000_000);
                    t.RuleFor(x => x.Amount).InclusiveBetween(0, TopUpLimits.SumFen);
                });
            RuleFor(c => c.Body.Receipts).NotNull().Count(0, TopUpLimits.TillLines);
            RuleForEach(c => c.Body.Receipts)
                .NotNull()
                .ChildRules(r =>
                {
                    r.RuleFor(x => x.TillNumber).NotNull().TillNumber();
                    r.RuleFor(x => x.ReceiptNumber).NotNull().ReceiptNumber();
                    r.RuleFor(x => x.Kind).IsInEnum();
                    r.RuleFor(x => x.Amount).InclusiveBetween(0, TopUpLimits.SumFen);
                });
        }
    }

    internal sealed class Handler(TillIntake intake) : BookingHandler<Command, TillDataTaken>
    {
        protected override async Task<Outcome<Booking<TillDataTaken>>> Decide(Command command, CancellationToken ct) =>
            await intake.Take(command.Body.Date, command.Body.Totals, command.Body.Receipts, ct);
    }
}
