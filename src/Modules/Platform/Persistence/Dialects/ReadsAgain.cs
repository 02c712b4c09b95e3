using System.Collections;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Platform.Persistence.Dialects;

/// <summary>
/// Asks a question again, once, when its connection was lost: while it was idle in the pool, for example. A write is not sent again, because the
/// database may have done it: its failure is marked (<see cref="SentWrites"/>). Nothing is buffered, other than by EF's own retries.
/// </summary>
internal sealed class ReadsAgain(ExecutionStrategyDependencies dependencies, Dialect dialect) : IExecutionStrategy
{
    public bool RetriesOnFailure => false;

    private DbContext Context => dependencies.CurrentContext.Context;

    public TResult Execute<TState, TResult>(
        TState state,
        Func<DbContext, TState, TResult> operation,
        Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded
    )
    {
        try
        {
            return operation(Context, state);
        }
        catch (Exception e) when (MayAskAgain(state, e))
        {
            return operation(Context, state);
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state,
        Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            return await operation(Context, state, cancellationToken);
        }
        catch (Exception e) when (MayAskAgain(state, e))
        {
            return await operation(Context, state, cancellationToken);
        }
    }

    /// <summary>EF runs a query with its enumerator as the state; everything else it runs so is a write.</summary>
    private bool MayAskAgain<TState>(TState state, Exception failure)
    {
        if (Context.Database.CurrentTransaction is not null || !dialect.IsUnavailable(failure))
        {
            return false;
        }

        if (state is IEnumerator or IAsyncDisposable)
        {
            // Who waited for an answer, or for a place in the pool, does not wait twice.
            return !dialect.IsTimeout(failure);
        }

        SentWrites.Mark(failure);
        return false;
    }
}
