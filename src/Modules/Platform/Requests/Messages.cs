using MediatR;

namespace Platform;

/// <summary>A request that changes something: decided by its handler as a <see cref="Booking"/>, written by <see cref="Books"/>.</summary>
public interface IBookingCommand<TResponse> : IRequest<Outcome<Booking>>;

/// <summary>A request that reads.</summary>
public interface IQuery<TResponse> : IRequest<Outcome<TResponse>>;

/// <summary>
/// Decides a booking command: reads, decides purely, gives a value. It writes nothing, so it can run again when what it read has changed.
/// </summary>
public abstract class BookingHandler<TCommand, TResponse> : IRequestHandler<TCommand, Outcome<Booking>>
    where TCommand : IBookingCommand<TResponse>
{
    protected abstract Task<Outcome<Booking>> Decide(TCommand command, CancellationToken ct);

    Task<Outcome<Booking>> IRequestHandler<TCommand, Outcome<Booking>>.Handle(TCommand request, CancellationToken cancellationToken) =>
        Decide(request, cancellationToken);
}

/// <summary>A handler whose decision must see the branch's day closed (day-end): it gives the decision itself.</summary>
public interface IDayLockedCommand<TResponse> : IRequest<DecisionUnderLock>;

public abstract class DayLockedHandler<TCommand, TResponse> : IRequestHandler<TCommand, DecisionUnderLock>
    where TCommand : IDayLockedCommand<TResponse>
{
    protected abstract DecisionUnderLock Decide(TCommand command);

    Task<DecisionUnderLock> IRequestHandler<TCommand, DecisionUnderLock>.Handle(TCommand request, CancellationToken cancellationToken) =>
        Task.FromResult(Decide(request));
}

public abstract class QueryHandler<TQuery, TResponse> : IRequestHandler<TQuery, Outcome<TResponse>>
    where TQuery : IQuery<TResponse>
{
    protected abstract Task<Outcome<TResponse>> Read(TQuery query, CancellationToken ct);

    Task<Outcome<TResponse>> IRequestHandler<TQuery, Outcome<TResponse>>.Handle(TQuery request, CancellationToken cancellationToken) =>
        Read(request, cancellationToken);
}

/// <summary>
/// A request of signing in itself. What it writes must stand even when it is refused (a wrong try is counted), so it cannot be a booking and writes
/// for itself. Nothing else may.
/// </summary>
public interface ISignInCommand<TResponse> : IRequest<Outcome<TResponse>>;

public abstract class SignInHandler<TCommand, TResponse> : IRequestHandler<TCommand, Outcome<TResponse>>
    where TCommand : ISignInCommand<TResponse>
{
    protected abstract Task<Outcome<TResponse>> Run(TCommand command, CancellationToken ct);

    Task<Outcome<TResponse>> IRequestHandler<TCommand, Outcome<TResponse>>.Handle(TCommand request, CancellationToken cancellationToken) =>
        Run(request, cancellationToken);
}
