using System.Globalization;

namespace Billing.TopUps.Tills;

/// <summary>Takes totals and receipts of the till system in as a file (MT-03.1, MT-03.5).</summary>
internal static class TakeTillFile
{
    /// <summary>What one booking may write, with room for its own rows.</summary>
    private const int MostLines = 4_000;

    private const int MostBytes = 512 * 1024;

    internal sealed record Command(DateOnly Date) : IBookingCommand<TillDataTaken>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/till-files", (DateOnly date, Sender send, CancellationToken ct) => send.Book(new Command(date), ct))
                .WithName(nameof(TakeTillFile))
                .WithOperation("TakeTillFile")
                .WithSummary("Take in a file of the till system")
                .WithDescription(
                    "The body is a text of lines with commas, at most 4,000: total,till,kind,count,fen or receipt,till,number,kind,fen. A file with a "
                        + "bad line is refused whole."
                )
                .WithMetadata(new TakesFile(MostBytes))
                .Accepts<byte[]>("application/octet-stream")
                .RequireRight(TopUpRights.TakeTills)
                .Books<TillDataTaken>()
                .ProducesRefusals<TillFileInvalid, BodyTooLarge, UnsupportedMediaType>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Date).NotEmpty();
    }

    internal sealed class Handler(TillIntake intake, RequestContext request) : BookingHandler<Command, TillDataTaken>
    {
        protected override async Task<Outcome<Booking<TillDataTaken>>> Decide(Command command, CancellationToken ct)
        {
            var (totals, receipts, number) = (new List<TillTotalLine>(), new List<TillReceiptLine>(), 0);
            if (request.Upload is { } upload)
            {
                // The upload's stream is the request's: it is read again where the booking is decided again.
                using var reader = new StreamReader(upload.Open(), leaveOpen: true);
                while (await reader.ReadLineAsync(ct) is { } line)
                {
                    number++;
                    if (line.Length == 0)
                    {
                        continue;
                    }

                    if (number > MostLines || !Read(line.Split(','), totals, receipts))
                    {
                        return new TillFileInvalid(number);
                    }
                }
            }

            return totals.Count + receipts.Count == 0 ? new TillFileInvalid(number) : await intake.Take(command.Date, totals, receipts, ct);
        }

        private static bool Read(string[] cells, List<TillTotalLine> totals, List<TillReceiptLine> receipts)
        {
            switch (cells)
            {
                case ["total", var till, var kind, var count, var fen]
                    when IsTill(till) && Kind(kind) is { } of and not TillKind.Other && Whole(count) is { } n && Whole(fen) is { } amount:
                    totals.Add(new TillTotalLine(till, of, n, amount));
                    return true;
                case ["receipt", var till, var receipt, var kind, var fen]
                    when IsTill(till) && Whole(receipt) is <= TopUpLimits.Receipt && Kind(kind) is { } of && Whole(fen) is { } amount:
                    receipts.Add(new TillReceiptLine(till, receipt, of, amount));
                    return true;
                default:
                    return false;
            }
        }

        private static bool IsTill(string text) =>
            text.Length is >= 1 and <= TopUpLimits.Till && text.All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'Z'));

        private static TillKind? Kind(string text) => Json.Value<TillKind>(text);

        private static long? Whole(string text) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= TopUpLimits.Receipt
                ? number
                : null;
    }
}
