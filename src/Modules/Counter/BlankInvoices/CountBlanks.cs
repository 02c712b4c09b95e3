using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>What an operator has counted.</summary>
/// <param name="Blanks">Ranges of blanks that are there, at most 50.</param>
/// <param name="Voids">Ranges of void papers that are handed in, at most 50.</param>
public sealed record CountBlanksRequest(IReadOnlyList<BlankRange> Blanks, IReadOnlyList<BlankRange> Voids);

/// <summary>A count against the register.</summary>
/// <param name="Expected" example="98">Blanks that the operator should hold.</param>
/// <param name="Counted" example="97">Blanks that were counted.</param>
/// <param name="Missing">Numbers that the operator should hold and that were not counted, at most 1,000.</param>
/// <param name="Unexpected">Numbers that were counted and that the operator should not hold, at most 1,000.</param>
/// <param name="VoidsMissing">Void papers that are still to be handed in, at most 1,000.</param>
public sealed record CountBlanksResponse(
    int Expected,
    int Counted,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Unexpected,
    IReadOnlyList<string> VoidsMissing
);

/// <summary>盘点: an operator counts what it holds; the numbers missing are named.</summary>
internal static class CountBlanks
{
    private const int Shown = 1_000;
    private const int Ranges = 50;

    internal sealed record Command(CountBlanksRequest Body) : IBookingCommand<CountBlanksResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/blank-invoices/counts",
                    (CountBlanksRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(CountBlanks))
                .WithOperation("CountBlanks")
                .WithSummary("Count blank invoices")
                .WithDescription(
                    "Compares the blanks that the caller has counted with those issued to the caller, and takes in void papers. Numbers that are "
                        + "missing are named; nothing else changes."
                )
                .RequireRight(BlankRights.Hold)
                .Books<CountBlanksResponse>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Blanks).NotNull().Count(0, Ranges);
            RuleFor(c => c.Body.Voids).NotNull().Count(0, Ranges);
            RuleForEach(c => c.Body.Blanks).NotNull().SetValidator(new BlankRangeValidator());
            RuleForEach(c => c.Body.Voids).NotNull().SetValidator(new BlankRangeValidator());
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, CountBlanksResponse>
    {
        protected override async Task<Outcome<Booking<CountBlanksResponse>>> Decide(Command command, CancellationToken ct)
        {
            var caller = request.Caller.OperatorId;
            var held = await db.Set<BlankInvoice>()
                .AsNoTracking()
                .Where(b => b.HolderId == caller && (b.State == BlankState.Issued || (b.State == BlankState.Void && !b.HandedIn)))
                .ToListAsync(ct);
            var counted = Names(command.Body.Blanks);
            var handedIn = Names(command.Body.Voids);
            var expected = held.Where(b => b.State == BlankState.Issued).Select(Name).ToHashSet(StringComparer.Ordinal);
            List<BlankInvoice> voids = [.. held.Where(b => b.State == BlankState.Void)];
            var response = new CountBlanksResponse(
                expected.Count,
                counted.Count,
                [.. expected.Except(counted).Order(StringComparer.Ordinal).Take(Shown)],
                [.. counted.Except(expected).Order(StringComparer.Ordinal).Take(Shown)],
                [.. voids.Select(Name).Except(handedIn).Order(StringComparer.Ordinal).Take(Shown)]
            );
            var movement = BlankBookings.Movement(
                request,
                clock,
                BlankMove.Count,
                command.Body.Blanks.Count > 0 ? command.Body.Blanks[0] : new BlankRange("000000000000", "00000000", "00000000"),
                caller,
                caller,
                remark: $"{response.Counted}/{response.Expected}"
            );
            var booking = new Booking<CountBlanksResponse>(
                Ids.Next(),
                request.Actor,
                new AuditNote(
                    "count-blanks",
                    $"operator:{caller}",
                    new
                    {
                        response.Expected,
                        response.Counted,
                        missing = response.Missing.Count,
                    }
                ),
                _ => Answer.Created($"/v1/blank-invoices/movements/{IdText.Of(movement.Id)}", response)
            ).Insert(movement);
            foreach (var paper in voids.Where(b => handedIn.Contains(Name(b))))
            {
                paper.HandedIn = true;
                booking.Update(paper);
            }

            return booking;
        }

        private static string Name(BlankInvoice blank) => $"{blank.Code}-{blank.Number}";

        private static HashSet<string> Names(IReadOnlyList<BlankRange> ranges) =>
            [.. ranges.SelectMany(r => r.Numbers().Select(n => $"{r.Code}-{n}"))];
    }
}
