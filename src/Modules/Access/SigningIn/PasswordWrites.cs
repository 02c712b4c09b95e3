using Microsoft.EntityFrameworkCore;
using Platform.Persistence.Dialects;

namespace Access.SigningIn;

/// <summary>Writes of signing in, which stand even when the request is refused, and so are no bookings.</summary>
internal sealed class PasswordWrites(IDbContextFactory<AppDb> contexts, Dialect dialect)
{
    private const int TransientTries = 5;

    /// <summary>Runs them in one transaction, again when the database asks for it.</summary>
    public async Task<T> InTransaction<T>(Func<AppDb, Task<T>> write, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var own = await contexts.CreateDbContextAsync(ct);
                await using var transaction = await own.Database.BeginTransactionAsync(ct);
                var result = await write(own);
                await own.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception e) when (dialect.IsTransient(e) && attempt < TransientTries)
            {
                // A deadlock's victim or a busy file: nothing was written, the same work is done again.
            }
        }
    }
}
