using System.Data.Common;
using System.Globalization;

namespace Api.Tests.Platform.Ledger.Tampering;

/// <summary>
/// An intruder changes the database at random, and the full checks find each change. <c>TAMPER_SEED</c> runs one again, <c>TAMPER_STEPS</c> more.
/// </summary>
[Collection(Intruder.Collection)]
public sealed class RandomTamperingTests(ITestOutputHelper output)
{
    private const int Steps = 40;

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9"), Trait("Requirement", "PL-06.32"), Trait("Requirement", "PL-06.8")]
    public async Task Whatever_an_intruder_changes_in_the_database_is_found(Database database)
    {
        var seed = Number("TAMPER_SEED") ?? Random.Shared.Next();
        output.WriteLine($"TAMPER_SEED={seed}");
        var books = await SealedBooks.Shared(database);
        await books.MustBeSound();
        await using var rows = await RawRows.Open(books);
        var intruder = new Intruder(books, rows, new Random(seed));
        for (var step = 1; step <= (Number("TAMPER_STEPS") ?? Steps); step++)
        {
            var done = await Act(intruder);
            output.WriteLine($"{step}: {done}");
            string[] flaws = [.. await books.BooksFlaws(), .. await books.AuditFlaws()];
            await books.Restore();
            Assert.True(flaws.Length > 0, $"TAMPER_SEED={seed}, step {step} is not found: {done}");
        }

        await books.MustBeSound();
    }

    /// <summary>What the database itself refuses, such as a second row under a unique index, was not done: another is.</summary>
    private static async Task<string> Act(Intruder intruder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await intruder.Act();
            }
            catch (DbException) when (attempt < 10) { }
        }
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
