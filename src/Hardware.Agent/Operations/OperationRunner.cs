using System.Collections.Concurrent;
using Hardware.Agent.Cards;
using Hardware.Agent.Cards.MemoryCards;
using Hardware.Agent.Exchange;
using Hardware.Agent.Journal;
using Hardware.Agent.Problems;
using Hardware.Agent.Readers;

namespace Hardware.Agent.Operations;

/// <summary>Starts card operations and sees that they end, also when the page that asked for them goes away or the agent is stopped.</summary>
internal sealed class OperationRunner(
    ReaderChoice readers,
    ExchangeClient api,
    OperationJournal journal,
    OperationRegister register,
    OpenRowReporter reporter,
    AgentSettings settings,
    TimeProvider clock,
    ILogger<OperationRunner> log
) : IHostedService
{
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private volatile bool _stopping;

    internal async Task<OperationEnd> Run(Ticket ticket, string? readerName, string? language)
    {
        if (_stopping)
        {
            return new OperationEnd(null, Refusals.Stopping);
        }

        if (Known(ticket) is { } answer)
        {
            return answer;
        }

        var (reader, refusal) = readers.Choose(readerName);
        if (reader is null)
        {
            return new OperationEnd(null, refusal);
        }

        // Not the request's token, from here on: a page that is closed must not stop a card half way.
        var run = Task.Run(() => RunOn(reader, ticket, language));
        _running[run] = true;
        try
        {
            return await run;
        }
        finally
        {
            _running.TryRemove(run, out _);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<OperationEnd> RunOn(ICardReader reader, Ticket ticket, string? language)
    {
        var (name, times) = (reader.Status.Name, new OperationTimes(clock));
        ICardConnection? connection = null;
        try
        {
            connection = await times.Of(TimePart.Reader, () => MemoryCardConnection.Open(reader, CancellationToken.None));
            if (!register.Begin(ticket, name))
            {
                return Known(ticket) ?? new OperationEnd(null, Refusals.OperationRunning);
            }

            log.LogInformation("Operation {OperationId} begins on {Reader}", ticket.OperationId, name);
            var end = await RunConnected(ticket, name, connection, times, language);
            log.LogInformation(
                "Operation {OperationId} ended: {State} {Code}",
                ticket.OperationId,
                end.Outcome?.State ?? "no outcome",
                end.Outcome?.Code ?? end.Refusal?.Code
            );
            return end with { Times = times };
        }
        catch (CardException e)
        {
            return new OperationEnd(null, Refusals.Of(e));
        }
        finally
        {
            if (connection is { } held)
            {
                await times.Of(TimePart.Reader, () => PowerOff(held));
            }

            reporter.Wake();
        }
    }

    private static async Task<bool> PowerOff(ICardConnection connection)
    {
        await connection.DisposeAsync();
        return true;
    }

    private async Task<OperationEnd> RunConnected(
        Ticket ticket,
        string reader,
        ICardConnection connection,
        OperationTimes times,
        string? language
    )
    {
        var card = new CardChannel(connection, settings.Watchdog, log);
        var run = new OperationRun(ticket, reader, connection, card, api, journal, register, times, log);
        try
        {
            return await run.ToTheEnd(language);
        }
        catch (Exception) when (register.Find(ticket.OperationId) is { State: OperationState.Running } left)
        {
            // A bug must not leave the operation running for ever: the reporter tells the API what the journal holds.
            if (left.JournalOpen)
            {
                register.Waits(ticket.OperationId, Refusals.Internal.Code);
            }
            else
            {
                register.Ended(ticket.OperationId, null, Refusals.Internal.Code);
            }

            throw;
        }
    }

    /// <summary>A front end that lost our answer asks again with the same ticket and gets it again; the card is not touched.</summary>
    private OperationEnd? Known(Ticket ticket) =>
        register.Known(ticket) switch
        {
            (null, _) => null,
            ({ State: OperationState.Running }, _) => new OperationEnd(null, Refusals.OperationRunning),
            // Only while the API has not heard the end of the run before.
            (_, false) => new OperationEnd(null, Refusals.OperationRunning),
            ({ Outcome: { } outcome }, _) => new OperationEnd(outcome, null),
            ({ State: OperationState.ToReport }, _) => new OperationEnd(null, Refusals.ApiUnreachable with { Outcome = Refusals.Unknown }),
            _ => new OperationEnd(null, Refusals.OperationEnded with { Outcome = Refusals.Unknown }),
        };
}
