using Hardware.Agent.Exchange;
using Hardware.Agent.Journal;
using Hardware.Agent.Problems;

namespace Hardware.Agent.Operations;

/// <summary>
/// Tells the API what it has not heard: after a restart, how far each open operation came; after an outage, the round that was
/// lost. Goes on until the API has answered.
/// </summary>
internal sealed class OpenRowReporter(
    OperationJournal journal,
    OperationRegister register,
    ExchangeClient api,
    ApiSettings settings,
    TimeProvider clock,
    ILogger<OpenRowReporter> log
) : BackgroundService
{
    /// <summary>The API keeps an operation's answers 31 days; after that there is nobody to report to.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(31);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly HashSet<string> _beforeRestart = [.. register.ToReport()];

    /// <summary>Looks for open operations now.</summary>
    internal void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is awake already.
        }
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Shortest;
        while (!stoppingToken.IsCancellationRequested)
        {
            var left = 0;
            foreach (var operationId in register.ToReport())
            {
                left += await Report(operationId, stoppingToken) ? 0 : 1;
            }

            Task woken = _wake.WaitAsync(left == 0 ? Timeout.InfiniteTimeSpan : pause, stoppingToken);
            await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = left == 0 ? Shortest : Longer(pause);
        }
    }

    /// <summary>True when nothing is owed for this operation any more.</summary>
    private async Task<bool> Report(string operationId, CancellationToken cancellationToken)
    {
        if (journal.Find(operationId) is not { Open: true } operation || Ticket.Parse(operation.Ticket) is not { } ticket)
        {
            register.Ended(operationId, null, "journal-lost");
            return true;
        }

        if (clock.GetUtcNow() - operation.StartedAt > Oldest)
        {
            return Close(operation, null, "report-too-old");
        }

        try
        {
            return await Rounds(operation, ticket, cancellationToken);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            log.LogWarning("Operation {OperationId} is not reported yet: {Reason}", operationId, e.Message);
            return false;
        }
    }

    private async Task<bool> Rounds(JournaledOperation operation, Ticket ticket, CancellationToken cancellationToken)
    {
        var failure = _beforeRestart.Contains(operation.OperationId) ? FailureKind.AgentRestarted : FailureKind.CardReset;
        var round = operation.Report(failure);
        for (var sent = 0; sent < ExchangeLimits.Rounds; sent++)
        {
            switch (await api.Send(ticket, round, null, cancellationToken))
            {
                case ExchangeResult.Heard { Script.Outcome: { } outcome }:
                    return Close(operation, outcome, outcome.Code);
                case ExchangeResult.Heard { Script: var script }:
                    // The card it wants to speak to is gone; it must end the operation from what it knows.
                    journal.Delivered(operation.OperationId, round.Round);
                    register.RoundHeard(operation.OperationId);
                    round = new ExchangeRound(script.Round, null, [], new ExchangeFailure(failure, 0));
                    break;
                case ExchangeResult.Over { Why: var why }:
                    log.LogError(
                        "The API does not take the report of operation {OperationId}: {Code}. It decides by its own record and the card.",
                        operation.OperationId,
                        why.Code
                    );
                    return Close(operation, null, why.Code);
                default:
                    return false;
            }
        }

        return Close(operation, null, Refusals.ApiAnswerInvalid.Code);
    }

    private bool Close(JournaledOperation operation, OperationOutcome? outcome, string? code)
    {
        journal.Closed(operation.OperationId, operation.Last.Round, outcome, code);
        register.Ended(operation.OperationId, outcome, code);
        _beforeRestart.Remove(operation.OperationId);
        log.LogInformation("Operation {OperationId} is reported: {State}", operation.OperationId, outcome?.State ?? code);
        return true;
    }

    private TimeSpan Longer(TimeSpan pause) => TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 2, settings.ReportPauseSeconds));
}
