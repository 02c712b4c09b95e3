using System.Globalization;
using Counter.Documents;
using Platform.Documents;

namespace Counter.BusinessDay;

/// <summary>Decides a day-end from the day's totals and the counted cash.</summary>
internal static class DayEndDecision
{
    private const int MaxDaysAhead = 31;

    public static Outcome<Booking<DayEndResponse>> Decide(
        long id,
        Actor actor,
        CloseDayRequest body,
        DayTotals day,
        SealMark? seal,
        DateOnly today
    )
    {
        var next = body.BusinessDate.AddDays(1) > today ? body.BusinessDate.AddDays(1) : today;
        if (next > today.AddDays(MaxDaysAhead))
        {
            return new BusinessDateTooFarAhead(next);
        }

        var idOf = day.Operators.Values.ToDictionary(o => o.Login, o => o.Id);
        var unknown = body.CountedCash.Select(c => c.Operator).Where(o => !idOf.ContainsKey(o)).ToList();
        if (unknown.Count > 0)
        {
            return new CountedOperatorUnknown(unknown);
        }

        var counted = body.CountedCash.ToDictionary(c => idOf[c.Operator], c => c.Amount);
        var uncounted = day.Cash.Keys.Where(o => !counted.ContainsKey(o)).Select(o => DayEndView.Named(o, day.Operators).Login).ToList();
        return uncounted.Count > 0 ? new CashNotCounted(uncounted) : Book(id, actor, day, Compare(id, day.Cash, counted), next, seal);
    }

    private static List<DayEndCash> Compare(long id, IReadOnlyDictionary<long, long> booked, Dictionary<long, long> counted) =>
        [
            .. counted
                .OrderBy(c => c.Key)
                .Select(c => new DayEndCash
                {
                    DayEndId = id,
                    OperatorId = c.Key,
                    Booked = booked.GetValueOrDefault(c.Key),
                    Counted = c.Value,
                }),
        ];

    private static Booking<DayEndResponse> Book(long id, Actor actor, DayTotals day, List<DayEndCash> cash, DateOnly next, SealMark? seal)
    {
        var booking = new Booking<DayEndResponse>(
            id,
            actor,
            new AuditNote("close-day", $"branch:{actor.BranchId}"),
            p => Answered(p, actor, day, cash, next, seal)
        )
            .WithHead(new Transaction(id, CounterTransactions.DayEnd, actor) { Amount = cash.Sum(c => c.Counted) })
            .Insert(
                new DayEnd
                {
                    Id = id,
                    BranchId = actor.BranchId,
                    NextDate = next,
                    SealNumber = seal?.Number,
                    SealHash = seal?.Hash,
                }
            )
            .ClosingDay(next);
        foreach (var total in day.Totals)
        {
            booking.Insert(total);
        }

        foreach (var drawer in cash)
        {
            Empty(booking, actor.BranchId, drawer);
            booking.Insert(drawer);
        }

        return booking;
    }

    /// <summary>
    /// The whole booked cash goes to the vault; what was counted more or less than that is put right there, against its own account.
    /// </summary>
    private static void Empty(Booking booking, long branchId, DayEndCash cash)
    {
        var drawer = new AccountRef(CounterAccounts.Drawer, cash.OperatorId);
        var vault = new AccountRef(CounterAccounts.Vault, branchId);
        Either(booking, vault, drawer, cash.Booked);
        if (cash.Difference > 0)
        {
            booking.Move(vault, new AccountRef(CounterAccounts.Surplus, branchId), cash.Difference);
        }
        else
        {
            booking.Move(new AccountRef(CounterAccounts.Shortage, branchId), vault, -cash.Difference);
        }
    }

    /// <summary>An operator who paid out more than was taken in leaves a drawer that the vault fills up.</summary>
    private static void Either(Booking booking, AccountRef debit, AccountRef credit, long amount) =>
        _ = amount >= 0 ? booking.Move(debit, credit, amount) : booking.Move(credit, debit, -amount);

    private static Answer<DayEndResponse> Answered(
        Posted posted,
        Actor actor,
        DayTotals day,
        List<DayEndCash> cash,
        DateOnly next,
        SealMark? seal
    ) =>
        Answer.Created(
            string.Create(CultureInfo.InvariantCulture, $"/v1/branch-days/{posted.BusinessDate:yyyy-MM-dd}"),
            new DayEndResponse(
                posted.SerialNumber,
                posted.BusinessDate,
                next,
                posted.BookedAt,
                DayEndView.Named(actor.OperatorId, day.Operators).Login,
                [.. day.Totals.Select(t => DayEndView.Line(t, day.Operators))],
                [.. cash.Select(c => DayEndView.Line(c, day.Operators))],
                seal,
                [DocumentLink.To(DayEndSheet.Name, posted.SerialNumber)]
            )
        );
}
