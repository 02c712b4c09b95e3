using Platform.Cards.Scripts;

namespace Platform.Cards.Operations;

/// <summary>What a card operation has tried to change in a purse, as far as it has come to that. Fen, or points.</summary>
/// <param name="BalanceBefore">What the chip held when it began, under its MAC.</param>
/// <param name="Change">Above zero for a load, below for an unload.</param>
/// <param name="CounterAfter">The chip's online counter if it was done.</param>
public sealed record ChipAttempt(CardApplication Application, long BalanceBefore, long Change, int CounterAfter)
{
    internal static ChipAttempt Of(PurseOrder order, PurseAttempt attempt) =>
        new(order.Application, attempt.BalanceBefore, attempt.BalanceAfter(order) - attempt.BalanceBefore, attempt.CounterAfter);
}
