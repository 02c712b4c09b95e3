using Access.Branches;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Blacklist;

/// <summary>
/// Gives changes of the blacklist their version. Were it given when the change is booked, a later number could be committed before an earlier one,
/// and a station that had seen the later would never ask for the earlier. So only what is committed is numbered, and the one row that holds the last
/// number lets one at a time do it: whoever sees version n sees all that is numbered up to n.
/// </summary>
internal sealed class BlacklistNumbering(IDbContextFactory<AppDb> contexts, Books books) : IDisposable
{
    private const int AtOnce = 500;
    private const int Tries = 50;

    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Numbers what is committed; answers with the blacklist's version after it.</summary>
    public async Task<long> Run(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            for (var i = 0; i < Tries; i++)
            {
                var open = await db.Set<BlacklistEntry>()
                    .Where(b => b.Number == null)
                    .OrderBy(b => b.ChangedAt)
                    .ThenBy(b => b.CardId)
                    .Take(AtOnce)
                    .ToListAsync(ct);
                if (open.Count == 0)
                {
                    break;
                }

                // Refused by the version of a row: another process was numbering, or a card changed once more. What is left is looked at again.
                await books.Post(await Numbered(db, open, ct));
            }

            return await db.Set<BlacklistVersion>().Select(v => v.Last).SingleOrDefaultAsync(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private static async Task<Booking> Numbered(AppDb db, List<BlacklistEntry> open, CancellationToken ct)
    {
        var version = await db.Set<BlacklistVersion>().SingleOrDefaultAsync(ct);
        var from = version?.Last ?? 0;
        var booking = new SilentBooking(
            Ids.Next(),
            new Actor(Branch.HeadquartersId, OperatorId: 0),
            new AuditNote("number-blacklist", "blacklist", new { from, open.Count })
        );
        for (var i = 0; i < open.Count; i++)
        {
            open[i].Number = from + i + 1;
            booking.Update(open[i]);
        }

        if (version is null)
        {
            return booking.Insert(new BlacklistVersion { Id = BlacklistVersion.OnlyId, Last = open.Count });
        }

        version.Last = from + open.Count;
        return booking.Update(version);
    }
}
