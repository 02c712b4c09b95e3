using Hardware.Agent.Exchange;
using Hardware.Agent.Journal;

namespace Hardware.Agent.Tests.Journal;

/// <summary>What is told to the API after a crash at each step; pure, from rows.</summary>
public sealed class RestartReportTests
{
    private static readonly ExchangeAnswer Ok = new("", "9000");
    private static readonly JournalRow Begin = Row(JournalStep.Received) with { Ticket = "t", Reader = "r", CommandCount = 3 };
    private static readonly JournalRow Sent = Row(JournalStep.Sending) with { CommandIndex = 1, Answers = [Ok] };

    [Fact]
    public void Before_the_commit_was_sent_the_failure_is_at_the_first_command() => Assert.Equal(("agent-restarted", 0, 0), After(Begin));

    [Fact]
    public void While_the_commit_was_under_way_the_failure_is_at_the_commit() =>
        Assert.Equal(("agent-restarted", 1, 1), After(Begin, Sent));

    [Fact]
    public void After_the_commits_answer_the_answer_is_told_and_the_failure_is_at_the_next_command() =>
        Assert.Equal(
            ("agent-restarted", 2, 2),
            After(Begin, Sent, Row(JournalStep.Answered) with { CommandIndex = 1, Answers = [Ok, Ok] })
        );

    [Fact]
    public void A_commit_that_was_the_last_command_or_stopped_the_round_is_a_round_without_failure()
    {
        Assert.Equal((null, -1, 3), After(Begin, Row(JournalStep.Answered) with { CommandIndex = 2, Answers = [Ok, Ok, Ok] }));
        Assert.Equal(
            (null, -1, 1),
            After(Begin, Row(JournalStep.Answered) with { CommandIndex = 0, Answers = [new("", "9302")], Stops = true })
        );
    }

    [Fact]
    public void A_round_that_had_ended_is_told_as_it_was()
    {
        var body = new ExchangeRound(1, null, [Ok], new ExchangeFailure("card-removed", 1));

        Assert.Same(body, Operation(Begin, Sent, Row(JournalStep.Ran) with { Body = body }).Report("agent-restarted"));
    }

    [Fact]
    public void A_round_the_api_has_heard_is_followed_by_the_next_with_nothing_run()
    {
        var report = Operation(Begin, Sent, Row(JournalStep.Delivered)).Report("agent-restarted");

        Assert.Equal((2, 0, new ExchangeFailure("agent-restarted", 0)), (report.Round, report.Answers.Count, report.Failure));
    }

    private static (string? Kind, int Index, int Answers) After(params JournalRow[] rows)
    {
        var report = Operation(rows).Report("agent-restarted");
        Assert.Equal(1, report.Round);
        return (report.Failure?.Kind, report.Failure?.CommandIndex ?? -1, report.Answers.Count);
    }

    private static JournaledOperation Operation(params JournalRow[] rows)
    {
        var operation = rows.Aggregate((JournaledOperation?)null, JournaledOperation.Apply);
        Assert.NotNull(operation);
        return operation;
    }

    private static JournalRow Row(JournalStep step) => new("7", step, DateTimeOffset.UnixEpoch, 1);
}
