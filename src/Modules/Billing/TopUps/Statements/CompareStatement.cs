using Billing.TopUps.Carriers;
using Billing.TopUps.Credit;
using Billing.TopUps.Line;
using Billing.TopUps.Sales;

namespace Billing.TopUps.Statements;

/// <summary>Agrees a day with a carrier line by line, and the credit (MT-03.7, MT-01.11). The same day again opens nothing twice.</summary>
internal static class CompareStatement
{
    /// <summary>What one booking may write, with room for its own rows.</summary>
    private const int MostDifferences = 4_000;

    internal sealed record Command(string CarrierCode, CompareStatementRequest Body) : IBookingCommand<StatementComparison>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-carriers/{carrierCode}/statements",
                    (string carrierCode, CompareStatementRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(carrierCode, body), ct)
                )
                .WithName(nameof(CompareStatement))
                .WithOperation("CompareStatement")
                .WithSummary("Compare a carrier's statement")
                .WithDescription(
                    "Fetches the carrier's statement of a day and compares it line by line: only here, only there, amount, state. What "
                        + "differs is listed until it is settled; what a later comparison does not find any more is gone. It changes no top-up."
                )
                .RequireRight(TopUpRights.Settle)
                .Books<StatementComparison>()
                .ProducesRefusals<CarrierUnknown, StatementMissing, StatementTooEarly, TooManyDifferences>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.CarrierCode).NotNull().CarrierCode();
    }

    internal sealed class Handler(AppDb db, CarrierClient client, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, StatementComparison>
    {
        protected override async Task<Outcome<Booking<StatementComparison>>> Decide(Command command, CancellationToken ct)
        {
            var day = command.Body.Day;
            var carrier = await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == command.CarrierCode, ct);
            if (carrier is null)
            {
                return new CarrierUnknown();
            }

            if (day > ChinaCalendar.Today(clock))
            {
                return new StatementTooEarly();
            }

            var text = await client.Statement(day, carrier.Code, CarrierStatement.MostBytes, ct);
            if (text is null || CarrierStatement.Parse(text, carrier.Code, day) is not { } statement)
            {
                return new StatementMissing();
            }

            var here = await db.Set<TopUp>()
                .Where(t => t.CreditedOn == day && t.CreditedById == carrier.Id && (t.State == TopUpState.Succeeded || t.LossId != null))
                .Select(t => new Ours(t.Id, t.BranchId, t.Amount, t.State, t.LossId != null))
                .ToListAsync(ct);
            var found = await Compare(carrier, day, statement, here, ct);
            if (found.Count > MostDifferences)
            {
                return new TooManyDifferences(found.Count);
            }

            var known = await db.Set<StatementDifference>()
                .AsNoTracking()
                .Where(d => d.CarrierId == carrier.Id && d.Day == day)
                .ToListAsync(ct);
            return Booking(carrier, day, statement, here, found, known, await CreditAfter(carrier.Id, day, ct));
        }

        private Booking<StatementComparison> Booking(
            TopUpCarrier carrier,
            DateOnly day,
            CarrierStatement statement,
            List<Ours> here,
            List<StatementDifference> found,
            List<StatementDifference> known,
            long credit
        )
        {
            var fresh = found.Where(f => !known.Exists(k => k.Reference == f.Reference && k.Kind == f.Kind)).ToList();
            var gone = known
                .Where(k => k.State == StatementDifferenceState.Open && !found.Exists(f => f.Reference == k.Reference && f.Kind == k.Kind))
                .ToList();
            var open = known.Count(k => k.State == StatementDifferenceState.Open) - gone.Count + fresh.Count;
            var done = statement.Lines.Values.Where(l => l.Done).ToList();
            var response = new StatementComparison(
                carrier.Code,
                day,
                here.Count,
                here.Sum(t => t.Amount),
                done.Count,
                done.Sum(l => l.Amount),
                credit,
                statement.Credit,
                fresh.Count,
                open
            );
            var booking = new Booking<StatementComparison>(
                Ids.Next(),
                request.Actor,
                new AuditNote("compare-statement", $"carrier:{carrier.Code}", new { day, opened = fresh.Count }),
                _ => Answer.Created($"/v1/top-up-statement-differences?carrierCode={carrier.Code}", response)
            ).IfDuplicate(StatementDifference.LineIndex, new ConcurrentChange());
            fresh.ForEach(d => booking.Insert(d));
            foreach (var difference in gone)
            {
                difference.State = StatementDifferenceState.Gone;
                booking.Update(difference);
            }

            return booking;
        }

        private async Task<List<StatementDifference>> Compare(
            TopUpCarrier carrier,
            DateOnly day,
            CarrierStatement statement,
            List<Ours> here,
            CancellationToken ct
        )
        {
            var found = new List<StatementDifference>();
            var ours = here.ToDictionary(t => IdText.Of(t.Id), StringComparer.Ordinal);
            foreach (var (id, top) in ours.Where(o => !statement.Lines.ContainsKey(o.Key)))
            {
                found.Add(New(carrier, day, StatementDifferenceKind.OnlyHere, id, top, null));
            }

            // Lines of a day may be of top-ups whose end came otherwise here.
            long[] others = [.. statement.Lines.Keys.Where(id => !ours.ContainsKey(id)).Select(id => IdText.Parse(id) ?? 0)];
            foreach (var some in others.Chunk(1_000))
            {
                var rows = await db.Set<TopUp>()
                    .Where(t => some.Contains(t.Id))
                    .Select(t => new Ours(t.Id, t.BranchId, t.Amount, t.State, t.LossId != null))
                    .ToListAsync(ct);
                rows.ForEach(t => ours[IdText.Of(t.Id)] = t);
            }

            foreach (var line in statement.Lines.Values)
            {
                if (!ours.TryGetValue(line.Id, out var top))
                {
                    // A reversed line of nothing is nothing.
                    if (line.Done)
                    {
                        found.Add(New(carrier, day, StatementDifferenceKind.OnlyThere, line.Id, null, line));
                    }
                }
                else if (line.Done != (top.State == TopUpState.Succeeded || top.IsLoss))
                {
                    found.Add(New(carrier, day, StatementDifferenceKind.State, line.Id, top, line));
                }
                else if (line.Done && line.Amount != top.Amount)
                {
                    found.Add(New(carrier, day, StatementDifferenceKind.Amount, line.Id, top, line));
                }
            }

            return found;
        }

        /// <summary>What was paid in, less what was credited up to a day: our side of the carrier's credit.</summary>
        private async Task<long> CreditAfter(long carrierId, DateOnly day, CancellationToken ct)
        {
            var paid = await db.Set<CarrierCreditPayment>()
                .Where(p => p.CarrierId == carrierId && p.BusinessDate <= day)
                .SumAsync(p => p.Amount, ct);
            var used = await db.Set<TopUp>()
                .Where(t => t.CreditedById == carrierId && t.CreditedOn <= day && (t.State == TopUpState.Succeeded || t.LossId != null))
                .SumAsync(t => t.Amount, ct);
            return paid - used;
        }

        private static StatementDifference New(
            TopUpCarrier carrier,
            DateOnly day,
            StatementDifferenceKind kind,
            string reference,
            Ours? ours,
            StatementLine? line
        ) =>
            new()
            {
                Id = Ids.Next(),
                CarrierId = carrier.Id,
                Day = day,
                Kind = kind,
                Reference = reference,
                BranchId = ours?.BranchId ?? 0,
                OurAmount = ours?.Amount ?? 0,
                TheirAmount = line?.Amount ?? 0,
                OurState = ours is null ? null : Json.Name(ours.State),
                TheirState =
                    line is null ? null
                    : line.Done ? "done"
                    : "reversed",
                Version = 1,
            };

        private sealed record Ours(long Id, long BranchId, long Amount, TopUpState State, bool IsLoss);
    }
}
