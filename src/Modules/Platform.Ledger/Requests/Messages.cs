using MediatR;
using Platform.Ledger.Requests.Pipeline;

namespace Platform.Ledger.Requests;

/// <summary>
/// A request that decides what is to be written and answers with a <typeparamref name="TResponse"/>. Its handler decides; the steps of the pipeline
/// do the rest (<see cref="RequestSteps"/>).
/// </summary>
public interface IDecidedCommand<TResponse> : IRequest<BookingResult>;

/// <summary>A request that books, under the caller's Idempotency-Key.</summary>
public interface IBookingCommand<TResponse> : IDecidedCommand<TResponse>;

/// <summary>
/// A request that books on its way, each part under a key of its own, and at last its answer under the caller's Idempotency-Key. Sent again it books
/// no part twice, so it may begin anew until it is answered.
/// </summary>
public interface ILongBookingCommand<TResponse> : IDecidedCommand<TResponse>;

/// <summary>A request that changes rows without a key: an edit of master data, guarded by its version.</summary>
public interface IChangeCommand<TResponse> : IDecidedCommand<TResponse>;

/// <summary>A request that books while the branch's day is closed to everybody else: day-end.</summary>
public interface IDayLockedCommand<TResponse> : IRequest<BookingResult>;

/// <summary>A request that reads.</summary>
public interface IQuery<TResponse> : IRequest<Outcome<TResponse>>;

/// <summary>
/// A request that writes for itself, because what it wrote must stand even when it is refused: a wrong password is counted, a card's answer is kept.
/// It is decided once. Everything that can be a booking is one.
/// </summary>
public interface IWorkCommand<TResponse> : IRequest<Outcome<TResponse>>;

/// <summary>
/// Decides a command: reads, decides purely, gives a value. It writes nothing, so it can run again when what it read has changed.
/// </summary>
public abstract class BookingHandler<TCommand, TResponse> : IRequestHandler<TCommand, BookingResult>
    where TCommand : IDecidedCommand<TResponse>
{
    protected abstract Task<Outcome<Booking<TResponse>>> Decide(TCommand command, CancellationToken ct);

    async Task<BookingResult> IRequestHandler<TCommand, BookingResult>.Handle(TCommand request, CancellationToken cancellationToken)
    {
        var outcome = await Decide(request, cancellationToken);
        return outcome.Refusal is { } refusal ? new BookingResult.Refused(refusal) : new BookingResult.Decided(outcome.Value);
    }
}

/// <summary>Decides inside the transaction that books, where the branch's day is closed to everybody else.</summary>
public abstract class DayLockedHandler<TCommand, TResponse> : IRequestHandler<TCommand, BookingResult>
    where TCommand : IDayLockedCommand<TResponse>
{
    protected abstract Task<Outcome<Booking<TResponse>>> Decide(TCommand command, AppDb db, BranchDay day, CancellationToken ct);

    Task<BookingResult> IRequestHandler<TCommand, BookingResult>.Handle(TCommand request, CancellationToken cancellationToken) =>
        Task.FromResult<BookingResult>(
            new BookingResult.DecidedUnderLock(
                async (db, day, ct) =>
                {
                    var outcome = await Decide(request, db, day, ct);
                    return outcome.Refusal is { } refusal ? refusal : outcome.Value;
                }
            )
        );
}

public abstract class QueryHandler<TQuery, TResponse> : IRequestHandler<TQuery, Outcome<TResponse>>
    where TQuery : IQuery<TResponse>
{
    protected abstract Task<Outcome<TResponse>> Read(TQuery query, CancellationToken ct);

    Task<Outcome<TResponse>> IRequestHandler<TQuery, Outcome<TResponse>>.Handle(TQuery request, CancellationToken cancellationToken) =>
        Read(request, cancellationToken);
}

public abstract class WorkHandler<TCommand, TResponse> : IRequestHandler<TCommand, Outcome<TResponse>>
    where TCommand : IWorkCommand<TResponse>
{
    protected abstract Task<Outcome<TResponse>> Run(TCommand command, CancellationToken ct);

    Task<Outcome<TResponse>> IRequestHandler<TCommand, Outcome<TResponse>>.Handle(TCommand request, CancellationToken cancellationToken) =>
        Run(request, cancellationToken);
}
