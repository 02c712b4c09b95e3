using Platform.Requests;

namespace Platform.Problems;

/// <summary>
/// An expected "no", as a value with a stable code: nothing was booked. A slice declares its own, one record each; its public properties go into the
/// problem beside the code. The two messages are English and Chinese (PL-06.2).
/// </summary>
public abstract record Refusal(string Code, int Status, string En, string Zh)
{
    /// <summary>May the same request succeed later without a change?</summary>
    public virtual bool Retryable => false;

    /// <summary>The seconds after which to try again, for the header Retry-After.</summary>
    public virtual int? RetryAfterSeconds => null;

    /// <summary>Was what this request asked for surely not booked, or does nobody know?</summary>
    public virtual bool MaybeBooked => false;
}

/// <summary>What a request comes to can be a refusal: so that one step of the pipeline refuses every kind of request.</summary>
public interface IRefusable<TSelf>
    where TSelf : IRefusable<TSelf>
{
    /// <summary>The request refused.</summary>
    static abstract TSelf Refused(Refusal refusal);
}

/// <summary>What a decision gives: a value, or a refusal.</summary>
public readonly struct Outcome<T> : IRefusable<Outcome<T>>
{
    static Outcome<T> IRefusable<Outcome<T>>.Refused(Refusal refusal) => refusal;

    private readonly T _value;

    private Outcome(T value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }

    public T Value => Refusal is null ? _value : throw new InvalidOperationException($"Refused: {Refusal.Code}");

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) =>
        new(default!, refusal ?? throw new ArgumentNullException(nameof(refusal)));
}

public sealed record InsufficientBalance(string Account, long Balance)
    : Refusal("insufficient-balance", 409, "The balance is too small.", "余额不足。");

public sealed record NotFound(string What) : Refusal("not-found", 404, $"{What} was not found.", $"未找到{What}。");

public sealed record ConcurrentChange()
    : Refusal(
        "concurrent-change",
        409,
        "Another request changed the same data at the same time. Read it again, then decide.",
        "数据已被他人修改，请重新读取后再操作。"
    )
{
    public override bool Retryable => true;
}

public sealed record IdempotencyKeyRequired()
    : Refusal(
        "idempotency-key-required",
        400,
        "Send the header Idempotency-Key once, 1 to 64 visible ASCII characters without a comma.",
        "缺少请求头 Idempotency-Key（1 至 64 个可见 ASCII 字符，不含逗号）。"
    );

public sealed record IdempotencyKeyInvalid()
    : Refusal(
        "idempotency-key-invalid",
        400,
        "Send the header Idempotency-Key once, with 1 to 64 visible ASCII characters and no comma.",
        "请求头 Idempotency-Key 只能出现一次，须为 1 至 64 个可见 ASCII 字符且不含逗号。"
    );

public sealed record IdempotencyKeyReused()
    : Refusal("idempotency-key-reused", 422, "This Idempotency-Key belongs to another request.", "该 Idempotency-Key 已用于其他请求。");

public sealed record IdempotencyKeyInUse()
    : Refusal(
        "idempotency-key-in-use",
        409,
        "The first request with this Idempotency-Key is still running.",
        "使用该 Idempotency-Key 的请求仍在处理中。"
    )
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 1;
}

public sealed record Overloaded()
    : Refusal("overloaded", 503, "Too many requests are waiting. Nothing was booked; try again.", "系统繁忙，未入账，请稍后重试。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 1;
}

/// <summary>The database is away, or so slow that its answer was not waited for.</summary>
public sealed record DatabaseUnavailable()
    : Refusal("database-unavailable", 503, "The database does not answer. Try again.", "数据库暂时无法访问，请稍后重试。")
{
    /// <summary>A write outside of the books was sent, and its answer was lost.</summary>
    internal bool WasSent { get; init; }

    public override bool MaybeBooked => WasSent;

    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 2;
}

/// <summary>The database answers, and somebody else holds what is needed.</summary>
public sealed record DatabaseBusy()
    : Refusal(
        "database-busy",
        503,
        "Another transaction holds the required data. Nothing was booked; try again.",
        "所需数据正被其他事务占用，未入账，请稍后重试。"
    )
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 1;
}

public sealed record OutcomeUnknown()
    : Refusal(
        "outcome-unknown",
        503,
        "The database did not confirm the booking. Send the same request with the same Idempotency-Key.",
        "数据库未返回结果，请使用相同的 Idempotency-Key 重试。"
    )
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 2;

    public override bool MaybeBooked => true;
}

public sealed record AlreadyCorrected()
    : Refusal("already-corrected", 409, "The transaction has already been corrected.", "该业务已撤单或冲销。");
