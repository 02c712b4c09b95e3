using Platform.Cards.Operations;

namespace Funding.Consumption;

/// <summary>
/// Takes an upload into the books: some hundred records to a booking, each booking decided again when somebody else came first. What was booked
/// stays booked when a later one fails: each record counts once by its own key, so the same upload sent again goes on where this one ended.
/// </summary>
internal sealed class ConsumptionIntake(AppDb db, Books books, CardKeyRing keys, TimeProvider clock)
{
    /// <summary>Records of one booking: each may move an account of its own, and books write no more than 900 lines at once.</summary>
    private const int Chunk = 400;
    private const int Tries = 6;

    public async Task<Outcome<UploadConsumptionResponse>> Take(
        Actor actor,
        long batchId,
        IReadOnlyList<StationConsumption> records,
        CancellationToken ct
    )
    {
        var counts = new int[Enum.GetValues<Taken>().Length];
        var notBooked = new List<ConsumptionNotBooked>();
        for (var from = 0; from < records.Count; from += Chunk)
        {
            var some = records.Skip(from).Take(Chunk).Select((r, i) => CheckedConsumption.Of(from + i, r, keys)).ToList();
            var taken = await Take(actor, batchId, some, ct);
            if (taken.Refusal is { } refusal)
            {
                return refusal;
            }

            foreach (var (record, end, reason) in taken.Value)
            {
                counts[(int)end]++;
                if (end is Taken.AwaitingUnlock or Taken.SetAside)
                {
                    notBooked.Add(new ConsumptionNotBooked(record.Index, record.Record.CardNumber, record.Record.OfflineCounter, reason));
                }
            }
        }

        return new UploadConsumptionResponse(
            records.Count,
            counts[(int)Taken.Booked],
            counts[(int)Taken.AlreadyBooked],
            counts[(int)Taken.AwaitingUnlock],
            counts[(int)Taken.SetAside],
            notBooked
        );
    }

    private async Task<Outcome<List<(CheckedConsumption, Taken, SetAsideReason?)>>> Take(
        Actor actor,
        long batchId,
        List<CheckedConsumption> records,
        CancellationToken ct
    )
    {
        Refusal last = new ConcurrentChange();
        for (var i = 0; i < Tries; i++)
        {
            var facts = await ConsumptionFacts.Read(db, records, ct);
            var decision = new ConsumptionDecision(facts, actor, batchId, clock.GetUtcNow().UtcDateTime);
            var booking = decision.Decide(records);
            var result = booking is null ? null : await books.Post(booking);
            if (result is null or BookingResult.Answered)
            {
                return decision.Outcomes;
            }

            if (result is BookingResult.Refused { Refusal: { Retryable: true } busy })
            {
                return busy;
            }

            // A card account too small by now, or the same records from elsewhere: the next reading sees it.
            last = (result as BookingResult.Refused)?.Refusal ?? last;
        }

        return records.Count == 1 ? last : await InHalves(actor, batchId, records, ct);
    }

    /// <summary>Something about one of them is refused again and again: the others must not wait for it.</summary>
    private async Task<Outcome<List<(CheckedConsumption, Taken, SetAsideReason?)>>> InHalves(
        Actor actor,
        long batchId,
        List<CheckedConsumption> records,
        CancellationToken ct
    )
    {
        var half = records.Count / 2;
        var first = await Take(actor, batchId, records[..half], ct);
        var second = await Take(actor, batchId, records[half..], ct);
        if ((first.Refusal ?? second.Refusal) is { } refusal)
        {
            return refusal;
        }

        first.Value.AddRange(second.Value);
        return first.Value;
    }
}
