using System.Text;
using Hardware.Agent.Exchange;
using Hardware.Agent.Journal;
using Hardware.Agent.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hardware.Agent.Tests.Journal;

public sealed class JournalTests : IDisposable
{
    private static readonly string Ticket = "7." + new string('A', 43);
    private readonly string _folder = TestAgent.NewFolder();

    private string Path => System.IO.Path.Combine(_folder, "operations.journal");

    [Fact]
    public void A_torn_last_line_is_dropped_and_what_stood_before_it_is_kept()
    {
        WriteCommitInFlight();
        var whole = new FileInfo(Path).Length;
        File.AppendAllText(Path, "{\"crc\":\"0011");

        using var journal = Open();

        Assert.Equal(12, journal.TornBytes);
        Assert.Equal(0, journal.DamagedLines);
        Assert.Equal(whole, new FileInfo(Path).Length);
        Assert.Equal(JournalStep.Sending, journal.Find("7")?.Last.Step);
    }

    [Fact]
    public void The_journal_may_be_cut_at_any_byte_and_never_shows_more_than_was_written()
    {
        WriteCommitInFlight();
        var bytes = File.ReadAllBytes(Path);
        var firstLine = Array.IndexOf(bytes, (byte)'\n') + 1;
        for (var length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            using var journal = Open();
            JournalStep? expected =
                length == bytes.Length ? JournalStep.Sending
                : length >= firstLine ? JournalStep.Received
                : null;
            Assert.Equal(expected, journal.Find("7")?.Last.Step);
            Assert.Equal(0, journal.DamagedLines);
        }
    }

    [Fact]
    public void A_damaged_line_is_told_the_others_are_kept_and_the_file_is_kept_beside()
    {
        WriteCommitInFlight();
        var lines = File.ReadAllLines(Path);
        File.WriteAllLines(Path, [lines[0], lines[1].Replace("sending", "closed0", StringComparison.Ordinal), lines[1]]);

        using var journal = Open();

        Assert.Equal(1, journal.DamagedLines);
        Assert.Equal(JournalStep.Sending, journal.Find("7")?.Last.Step);
        Assert.True(File.Exists(Path + ".damaged"));
    }

    [Fact]
    public void A_journal_over_4_MB_is_compacted_and_open_operations_stay()
    {
        WriteCommitInFlight();
        var bulk = new JournalRow("8", JournalStep.Received, DateTimeOffset.UnixEpoch, 1)
        {
            Ticket = Ticket,
            Reader = new string('r', 50_000),
        };
        using (var seal = JournalSeal.Open(_folder))
        using (var file = new JournalFile(Path, seal))
        {
            file.Read();
            while (file.Length <= OperationJournal.CompactAboveBytes)
            {
                file.Append(bulk);
            }

            file.Append(new("8", JournalStep.Closed, DateTimeOffset.UnixEpoch, 1) { Code = "ended" });
        }

        using (var journal = Open())
        {
            Assert.InRange(new FileInfo(Path).Length, 1, 200_000);
        }

        using var again = Open();
        Assert.Equal(
            (JournalStep.Sending, 2, Ticket),
            (again.Find("7")?.Last.Step, again.Find("7")?.Last.CommandIndex, again.Find("7")?.Ticket)
        );
        Assert.Equal((false, "ended"), (again.Find("8")?.Open, again.Find("8")?.Last.Code));
    }

    [Fact]
    public void A_second_agent_cannot_open_the_journal()
    {
        using var journal = Open();

        Assert.Throws<IOException>(Open);
    }

    [Fact]
    public void Neither_ticket_nor_answers_can_be_read_in_the_file_nor_moved_to_another_row()
    {
        WriteCommitInFlight();
        var text = File.ReadAllText(Path);

        Assert.DoesNotContain(Ticket[^43..], text, StringComparison.Ordinal);
        Assert.DoesNotContain("9000", text, StringComparison.Ordinal);
        Assert.Contains("\"sending\"", text, StringComparison.Ordinal);
        using var seal = JournalSeal.Open(_folder);
        var row = new JournalRow("7", JournalStep.Received, DateTimeOffset.UnixEpoch, 1) { Ticket = Ticket };
        Assert.Equal(Ticket, row.ToDisk(seal).FromDisk(seal)?.Ticket);
        Assert.Null((row.ToDisk(seal) with { OperationId = "8" }).FromDisk(seal));
    }

    [Fact]
    public void Without_its_key_the_journal_tells_nothing_and_says_so()
    {
        WriteCommitInFlight();
        File.Delete(System.IO.Path.Combine(_folder, "journal.key"));

        using var journal = Open();

        Assert.Equal(2, journal.DamagedLines);
        Assert.True(File.Exists(Path + ".damaged"));
    }

    [Fact]
    public void What_was_secret_of_an_operation_is_gone_from_the_file_when_it_is_over()
    {
        WriteCommitInFlight();
        using (var journal = Open())
        {
            journal.Received("8", Ticket, "reader", 1, 3);
            journal.Closed("7", 1, null, "ended");
        }

        var lines = File.ReadAllLines(Path);
        Assert.DoesNotContain(lines, l => Of(l, "7") && l.Contains("sealed", StringComparison.Ordinal));
        Assert.Contains(lines, l => Of(l, "8") && l.Contains("sealed", StringComparison.Ordinal));
        using var again = Open();
        Assert.Equal((false, "ended"), (again.Find("7")?.Open, again.Find("7")?.Last.Code));
        Assert.Equal((true, Ticket), (again.Find("8")?.Open, again.Find("8")?.Ticket));
        static bool Of(string line, string operation) => line.Contains($"\"operationId\":\"{operation}\"", StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_crash_left_of_an_ended_operation_is_gone_after_the_next_start()
    {
        WriteCommitInFlight();
        var crashed = File.ReadAllBytes(Path);
        using (var journal = Open())
        {
            journal.Closed("7", 1, null, "ended");
        }

        // As if the agent had been killed right after the last row: the old rows, and the end.
        var end = File.ReadAllLines(Path)[^1] + "\n";
        File.WriteAllBytes(Path, [.. crashed, .. Encoding.UTF8.GetBytes(end)]);
        Open().Dispose();

        Assert.DoesNotContain("sealed", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_line_is_seen_in_the_health_of_the_agent()
    {
        await using var api = await CardApi.Start();
        File.WriteAllText(Path, "{\"crc\":");
        await using var agent = await TestAgent.StartIn(_folder, api.Address);

        var health = await agent.Get("/health/ready");

        Assert.Equal(7, health.GetProperty("journalTornBytes").GetInt32());
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private void WriteCommitInFlight()
    {
        using var journal = Open();
        journal.Received("7", Ticket, "reader", 1, 3);
        journal.Sending(
            "7",
            1,
            2,
            [new ExchangeAnswer("", "9000"), new ExchangeAnswer(Convert.ToHexString(Encoding.ASCII.GetBytes("x")), "9000")]
        );
    }

    private OperationJournal Open() =>
        new(new AgentSettings { DataFolder = _folder }, TimeProvider.System, NullLogger<OperationJournal>.Instance);
}
