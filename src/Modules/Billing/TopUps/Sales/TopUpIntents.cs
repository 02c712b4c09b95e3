using System.Globalization;
using Billing.TopUps.Carriers;
using Billing.TopUps.Credit;
using Microsoft.Extensions.Configuration;

namespace Billing.TopUps.Sales;

/// <summary>Opens top-ups: checks them before a till takes money, and books the intent with its money.</summary>
internal sealed class TopUpIntents(
    AppDb db,
    Intents intents,
    Parameters parameters,
    Prefixes prefixes,
    CarrierCredit credit,
    RequestContext request,
    TimeProvider clock,
    IConfiguration configuration
)
{
    private readonly TimeSpan _sending = configuration.GetValue("TopUps:Sending", TimeSpan.FromSeconds(30));
    private readonly TimeSpan _validity = configuration.GetValue("TopUps:Validity", TimeSpan.FromMinutes(10));

    /// <summary>The top-up of this request: the one that it opened before, or a new one.</summary>
    public Task<Outcome<TopUp>> Open(string requestKey, SellTopUpRequest body, CancellationToken ct) =>
        intents.Open(
            () => db.Set<TopUp>().AsNoTracking().SingleOrDefaultAsync(t => t.RequestKey == requestKey, ct),
            () => Decide(requestKey, body, ct)
        );

    private async Task<Outcome<Intent>> Decide(string requestKey, SellTopUpRequest body, CancellationToken ct)
    {
        var chosen = await Choose(body, ct);
        if (chosen.Refusal is { } notChosen)
        {
            return notChosen;
        }

        var (carrier, now) = (chosen.Value, clock.GetUtcNow());
        if (RefusalOf(carrier, body, now) is { } notOffered)
        {
            return notOffered;
        }

        var topUp = New(requestKey, body, carrier, now);
        if (await Earlier(topUp, ct) is { } earlier)
        {
            return new ReceiptTaken(earlier);
        }

        var today = ChinaCalendar.Today(clock);
        var day = await db.Set<PhoneDay>().AsNoTracking().SingleOrDefaultAsync(d => d.Phone == body.Phone && d.Date == today, ct);
        if ((day?.Count ?? 0) >= carrier.DailyCount || (day?.Amount ?? 0) + body.Amount > carrier.DailyAmount)
        {
            return new PhoneLimit(carrier.DailyCount, carrier.DailyAmount);
        }

        var minutes = await parameters.Number(TopUpParameters.RepeatMinutes, request.Caller.BranchId, ct);
        if (!body.Confirmed && await IsRepeated(body, now.UtcDateTime.AddMinutes(-minutes), ct))
        {
            return new TopUpRepeated(minutes);
        }

        if (!await credit.TryTake(carrier, body.Amount, ct))
        {
            return new CarrierCreditUsedUp();
        }

        return new Intent(Booking(topUp, day, today), [Premise.Of<TopUpCarrier>(carrier.Id, carrier.Version)]);
    }

    private async Task<Outcome<TopUpCarrier>> Choose(SellTopUpRequest body, CancellationToken ct)
    {
        var (known, proposed) = await prefixes.Find(body.Phone, ct);
        if (known && proposed is null)
        {
            return new PhoneNotServed();
        }

        if ((body.CarrierCode ?? proposed) is not { } code)
        {
            return new CarrierNotProposed();
        }

        return await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == code, ct) is { } carrier
            ? carrier
            : new CarrierUnknown();
    }

    private Refusal? RefusalOf(TopUpCarrier carrier, SellTopUpRequest body, DateTimeOffset now)
    {
        var offered = body.Kind == TopUpKind.Online ? carrier.Offers(body.Amount) : body.Amount <= carrier.ChangeMost;
        return !carrier.IsOpen ? new CarrierClosed()
            : !offered ? new AmountNotOffered()
            : !carrier.IsOpenAt(now) ? new CarrierOutOfHours()
            : Math.Abs(body.ReceiptDate.DayNumber - ChinaCalendar.Today(clock).DayNumber) > 1 ? new ReceiptDateWrong()
            : null;
    }

    private TopUp New(string requestKey, SellTopUpRequest body, TopUpCarrier carrier, DateTimeOffset now) =>
        new()
        {
            Id = Ids.Next(),
            RequestKey = requestKey,
            Kind = body.Kind,
            CarrierId = carrier.Id,
            BranchId = request.Caller.BranchId,
            OperatorId = request.Caller.OperatorId,
            TillNumber = body.TillNumber,
            ReceiptNumber = long.Parse(body.ReceiptNumber, CultureInfo.InvariantCulture),
            ReceiptLine = body.ReceiptLine,
            ReceiptDate = body.ReceiptDate,
            Phone = body.Phone,
            Amount = body.Amount,
            State = TopUpState.Unprocessed,
            ValidUntil = (now + _validity).UtcDateTime,
            // Longer than all attempts to send it take: only a killed process leaves a top-up that nobody sends.
            AskAt = (now + _sending).UtcDateTime,
            CreditedOn = body.ReceiptDate,
        };

    private async Task<string?> Earlier(TopUp topUp, CancellationToken ct)
    {
        var id = await db.Set<TopUp>()
            .Where(t => t.BranchId == topUp.BranchId && t.ReceiptDate == topUp.ReceiptDate && t.TillNumber == topUp.TillNumber)
            .Where(t => t.ReceiptNumber == topUp.ReceiptNumber && t.ReceiptLine == topUp.ReceiptLine)
            .Select(t => (long?)t.Id)
            .SingleOrDefaultAsync(ct);
        return id is { } known ? SerialNumber.Of(known) : null;
    }

    private Task<bool> IsRepeated(SellTopUpRequest body, DateTime since, CancellationToken ct) =>
        db.Set<TopUp>()
            .AnyAsync(t => t.Phone == body.Phone && t.Amount == body.Amount && t.BookedAt > since && t.State != TopUpState.Failed, ct);

    private SilentBooking Booking(TopUp topUp, PhoneDay? day, DateOnly today)
    {
        var actor = request.Actor;
        var type = topUp.Kind == TopUpKind.Online ? TopUpTransactions.OnlineSale : TopUpTransactions.ChangeSale;
        var booking = new SilentBooking(
            topUp.Id,
            actor,
            new AuditNote("sell-top-up", $"top-up:{topUp.Id}", new { topUp.Amount, topUp.Kind })
        )
            .WithHead(
                new Transaction(topUp.Id, type, actor)
                {
                    Amount = topUp.Amount,
                    ReferenceNumber = $"{topUp.TillNumber}-{topUp.ReceiptNumber.ToString(CultureInfo.InvariantCulture)}",
                }
            )
            .Move(topUp.TillClaim, topUp.InDoubt, topUp.Amount)
            .Insert(topUp)
            // Decided again: the next look finds the receipt, or the number's day, and says which it was.
            .IfDuplicate(TopUp.ReceiptIndex, new ConcurrentChange())
            .IfDuplicate(PhoneDay.DayIndex, new ConcurrentChange());
        if (day is null)
        {
            return booking.Insert(
                new PhoneDay
                {
                    Id = Ids.Next(),
                    Phone = topUp.Phone,
                    Date = today,
                    Count = 1,
                    Amount = topUp.Amount,
                    Version = 1,
                }
            );
        }

        (day.Count, day.Amount) = (day.Count + 1, day.Amount + topUp.Amount);
        return booking.Update(day);
    }
}
