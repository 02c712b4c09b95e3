using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence;
using Platform.Problems;
using Platform.Requests;

namespace Platform.Approvals;

/// <summary>
/// One approval by a second operator: good once, for two minutes, for exactly the request with this digest by exactly this requester (PL-02.2). Its
/// use is booked together with what it allowed, under the version token, so that of two racing uses one loses (PL-02.4).
/// </summary>
public sealed class Approval : IVersioned
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(2);

    public long Id { get; init; }

    /// <summary>SHA-256 of the one-time token.</summary>
    public required byte[] TokenHash { get; init; }

    public required string Action { get; init; }

    /// <summary>The digest of the request it is for.</summary>
    public required byte[] Digest { get; init; }

    public long BranchId { get; init; }

    public long RequesterId { get; init; }

    public long ApproverId { get; init; }

    public DateTime ExpiresAt { get; init; }

    public DateTime? UsedAt { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<Approval>
    {
        public void Configure(EntityTypeBuilder<Approval> builder)
        {
            builder.ToTable("approvals");
            builder.HasKey(a => a.Id);
            builder.Property(a => a.TokenHash).HasMaxLength(32);
            builder.Property(a => a.Digest).HasMaxLength(32);
            builder.Property(a => a.Action).HasMaxLength(60);
            builder.HasIndex(a => a.TokenHash).IsUnique();
        }
    }
}

/// <summary>The operation needs a second operator; nothing was booked (PL-02.1).</summary>
/// <param name="ApprovalRequestId">The request as it is kept, for an approver to look at and to approve.</param>
/// <param name="Action">What is to be approved.</param>
/// <param name="Digest">Hex of the request's digest: the approval is for exactly this request.</param>
public sealed record ApprovalRequired(string ApprovalRequestId, string Action, string Digest)
    : Refusal("approval-required", 403, "A second operator of the branch must approve this.", "该操作需要本网点另一操作员复核授权。")
{
    internal ApprovalAction? Title { get; init; }

    internal ApprovalSubject Subject { get; init; } = ApprovalSubject.Unknown;
}

public sealed record ApprovalInvalid()
    : Refusal("approval-invalid", 403, "The approval does not match this request and operator.", "复核授权与本次请求不符。");

public sealed record ApprovalExpired()
    : Refusal("approval-expired", 403, "The approval has expired; ask for a new one.", "复核授权已过期，请重新授权。");

public sealed record ApprovalUsed() : Refusal("approval-used", 409, "The approval has already been used.", "复核授权已被使用。");

/// <summary>Rights count when it is booked, and not when it was approved (PL-02.6).</summary>
public sealed record ApprovalWithdrawn()
    : Refusal(
        "approval-withdrawn",
        403,
        "The approver has lost the right to approve; ask for a new approval.",
        "复核人已无复核权限，请重新授权。"
    );

/// <summary>An approver as he stands now: his rights, and what a booking made by his leave goes by.</summary>
public sealed record StandingApprover(FrozenSet<string> Rights, IReadOnlyList<Premise> Premises);

/// <summary>Finds the approver of an approval; null when he may not approve at that branch any more. Access knows how.</summary>
public delegate Task<StandingApprover?> FindApprover(AppDb db, Approval approval, CancellationToken ct);
