using Billing.TopUps.Line;
using Billing.TopUps.Sales;

namespace Billing.TopUps.Exceptions;

/// <summary>What is wrong with a top-up, for a person to settle.</summary>
public enum TopUpExceptionKind
{
    /// <summary>The carrier credited after it had said no, or after the top-up had failed here.</summary>
    SuccessAfterFailure,

    /// <summary>The carrier took a credit back, or says that it never credited.</summary>
    FailureAfterSuccess,

    /// <summary>There is no end after a day.</summary>
    WithoutEnd,
}

/// <summary>How an exception was settled.</summary>
public enum TopUpExceptionState
{
    /// <summary>Nobody has settled it.</summary>
    Open,

    /// <summary>Our end stands; the carrier puts its books right.</summary>
    Kept,

    /// <summary>The carrier's answer counts.</summary>
    Accepted,

    /// <summary>The carrier's answer counts, and the money was refunded before: a loss to claim.</summary>
    Loss,
}

/// <summary>An answer that contradicts an end, or no end at all: listed with both sides (MT-01.7). Of each kind one for each top-up.</summary>
internal sealed class TopUpException : IVersioned
{
    public const string TopUpIndex = "IX_top_up_exceptions_TopUp";

    public long Id { get; init; }

    public long TopUpId { get; init; }

    public long BranchId { get; init; }

    public TopUpExceptionKind Kind { get; init; }

    /// <summary>Our state when it was found.</summary>
    public TopUpState OurState { get; init; }

    /// <summary>The carrier's answer, with its serial number or reason; null without one.</summary>
    public string? TheirAnswer { get; init; }

    public DateTime FoundAt { get; init; }

    public TopUpExceptionState State { get; set; }

    public string? Evidence { get; set; }

    /// <summary>Who settled it.</summary>
    public long? SettledById { get; set; }

    public long? ApproverId { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TopUpException>
    {
        public void Configure(EntityTypeBuilder<TopUpException> builder)
        {
            builder.ToTable("top_up_exceptions");
            builder.HasKey(e => e.Id);
            builder.Property(e => e.TheirAnswer).HasMaxLength(100);
            builder.Property(e => e.Evidence).HasMaxLength(TopUpLimits.Reason);
            builder.HasIndex(e => new { e.TopUpId, e.Kind }, TopUpIndex).IsUnique();
            builder.HasIndex(e => new
            {
                e.BranchId,
                e.State,
                e.Id,
            });
        }
    }
}

/// <summary>Keeps what contradicts an end. It changes nothing by itself.</summary>
internal static class Contradictions
{
    /// <summary>Keeps an answer that contradicts the end of a top-up; others it lets pass.</summary>
    public static async Task Keep(AppDb db, Books books, TimeProvider clock, TopUp topUp, TopUpEvent happened, CarrierTopUpState? said)
    {
        TopUpExceptionKind? kind = (topUp.State, happened) switch
        {
            (TopUpState.Failed, TopUpEvent.Credited) => TopUpExceptionKind.SuccessAfterFailure,
            (TopUpState.Succeeded, TopUpEvent.Declined) => TopUpExceptionKind.FailureAfterSuccess,
            _ => null,
        };
        if (kind is { } contradiction && !await db.Set<TopUpException>().AnyAsync(e => e.TopUpId == topUp.Id && e.Kind == contradiction))
        {
            await Keep(books, clock, topUp, contradiction, said is null ? null : $"{said.State} {said.Serial ?? said.Code}".TrimEnd());
        }
    }

    public static Task Keep(Books books, TimeProvider clock, TopUp topUp, TopUpExceptionKind kind, string? answer)
    {
        var found = new TopUpException
        {
            Id = Ids.Next(),
            TopUpId = topUp.Id,
            BranchId = topUp.BranchId,
            Kind = kind,
            OurState = topUp.State,
            TheirAnswer = answer is { Length: > 100 } ? answer[..100] : answer,
            FoundAt = clock.GetUtcNow().UtcDateTime,
            Version = 1,
        };
        return books.Post(
            new SilentBooking(
                found.Id,
                new Actor(topUp.BranchId, topUp.OperatorId),
                new AuditNote("top-up-exception", $"top-up:{topUp.Id}", new { kind = Json.Name(kind) })
            )
                .Insert(found)
                .IfDuplicate(TopUpException.TopUpIndex, new ConcurrentChange())
        );
    }
}
