namespace Counter.BusinessDay;

/// <summary>Shows totals and cash with operators named.</summary>
internal static class DayEndView
{
    public static DayTotalLine Line(DayEndTotal total, IReadOnlyDictionary<long, OperatorName> operators)
    {
        var by = Named(total.OperatorId, operators);
        return new DayTotalLine(
            by.Login,
            by.Name,
            total.Type,
            total.PaymentMethod,
            total.Count,
            total.Amount,
            total.Bonus,
            total.Points,
            total.Fee,
            total.Deposit
        );
    }

    public static DayCashLine Line(DayEndCash cash, IReadOnlyDictionary<long, OperatorName> operators)
    {
        var by = Named(cash.OperatorId, operators);
        return new DayCashLine(by.Login, by.Name, cash.Booked, cash.Counted, cash.Difference);
    }

    public static RunningCashLine Running(KeyValuePair<long, long> cash, IReadOnlyDictionary<long, OperatorName> operators)
    {
        var by = Named(cash.Key, operators);
        return new RunningCashLine(by.Login, by.Name, cash.Value);
    }

    /// <summary>A background task books under an operator id that no person has.</summary>
    public static OperatorName Named(long id, IReadOnlyDictionary<long, OperatorName> operators) =>
        operators.TryGetValue(id, out var known) ? known : new OperatorName(id, "", "");
}
